"""The authentication backends of accounts that have a password here, and of those that came by single sign-on."""

from __future__ import annotations

from functools import cache
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model, Q
from django.http import HttpRequest

from orders.accounts.attempts import AttemptsHandler
from orders.accounts.hashing import place

_KEPT = "_perm_cache"
"""Where Django itself keeps a user's permissions for the rest of a request."""


class LocalBackend(ModelBackend):
    """Django's accounts, whose permissions come in one query that is compiled once.

    Each page asks for them, and Django takes two queries that it builds anew.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The user of this name and password, looked at in one of a few places and counted before.

        Raises PermissionDenied where others at the same time have used up the attempts, and TooManySignIns.
        """
        with place():
            if request is None or username is None or password is None:
                return super().authenticate(request, username, password, **kwargs)
            return self._authenticate_counted(request, username, password, **kwargs)

    def _authenticate_counted(
        self, request: HttpRequest, username: str, password: str, **kwargs: Any
    ) -> User | None:
        attempts: AttemptsHandler = AxesProxyHandler.get_implementation()
        AxesProxyHandler.update_request(request)
        if not attempts.count(request, username):
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            attempts.take_back(request, username)
        return user

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        """The user's own permissions and those of the groups, asked for once a request."""
        if not isinstance(user_obj, User) or user_obj.is_superuser or not user_obj.is_active or obj:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, _KEPT):
            setattr(user_obj, _KEPT, _granted(user_obj.pk))
        kept: set[str] = getattr(user_obj, _KEPT)
        return kept


class SingleSignOnBackend(LocalBackend):
    """Knows the accounts and their permissions, and takes no password."""

    def authenticate(self, request: HttpRequest | None, **_: Any) -> None:  # type: ignore[override] # noqa: ARG002
        """Nobody: orders.accounts.views signs in whom the provider vouches for."""
        return


def _granted(user_id: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_query(), [user_id, user_id])
        return {f"{app}.{name}" for app, name in cursor.fetchall()}


@cache
def _query() -> str:
    granted = Permission.objects.filter(Q(user=0) | Q(group__user=0)).order_by()
    return granted.values_list("content_type__app_label", "codename").query.sql_with_params()[0]
