"""The authentication backends of accounts that have a password here, and of those that came by single sign-on."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from orders.accounts.attempts import AttemptsHandler
from orders.accounts.hashing import take_place


class LocalBackend(ModelBackend):
    """Django's accounts, whose passwords are counted before they are checked, and checked a few at once."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The user of this name and password.

        Raises PermissionDenied where others at the same time have used up the attempts, and TooManySignIns.
        """
        with take_place():
            if request is None or username is None or password is None:
                return super().authenticate(request, username, password, **kwargs)
            return self._count_and_authenticate(request, username, password, **kwargs)

    def _count_and_authenticate(
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


class SingleSignOnBackend(ModelBackend):
    """Knows the accounts and their permissions, and takes no password."""

    def authenticate(self, request: HttpRequest | None, **_: Any) -> None:  # type: ignore[override] # noqa: ARG002
        """Nobody: orders.accounts.views signs in whom the provider vouches for."""
        return
