"""Locks a pair of user name and client address, or a whole address, for a while after wrong passwords.

django-axes counts in the database (orders.accounts.attempts), so that all processes share the count. Unknown user
names are locked just the same, so that responses do not reveal who has an account.
"""

from __future__ import annotations

import logging
import math
from datetime import datetime, timedelta
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from orders.accounts.attempts import AttemptsHandler
from orders.accounts.pages import sign_in_page
from orders.core.client_address import client_network

logger = logging.getLogger(__name__)


class ThrottleBackend(AxesStandaloneBackend):  # type: ignore[misc] # axes has no types
    """Refuses any password of a locked pair or address; authenticates nobody itself."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Raise PermissionDenied for a locked pair or address, and for all where no passwords are accepted."""
        if not settings.LOCAL_SIGN_IN:
            raise PermissionDenied
        if request is not None:
            super().authenticate(request, **credentials)


def address_to_lock(request: HttpRequest) -> str | None:
    """Give the client's address as axes stores it: None, not "", where there is none."""
    return client_network(request) or None


def lock_time(_request: HttpRequest | None = None) -> timedelta:
    return timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)


def show_lock(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Show the sign-in page, which says when to try again."""
    handler: AttemptsHandler = AxesProxyHandler.get_implementation()
    [of_pair] = handler.get_user_attempts(request, credentials)
    ends = [_end(of_pair, settings.AXES_FAILURE_LIMIT)]
    is_network = handler.is_address_locked(request)
    if is_network:
        ends.append(_end(handler.of_address(request), settings.SIGN_IN_ADDRESS_FAILURES))
    logger.warning("sign-in locked", extra={"scope": "address" if is_network else "name and address"})
    response = sign_in_page(
        request, locked_minutes=settings.SIGN_IN_LOCK_MINUTES, is_network_locked=is_network, status=429
    )
    response["Retry-After"] = str(max(1, math.ceil((max(ends) - timezone.now()).total_seconds())))
    return response


def _end(attempts: QuerySet[AccessAttempt], limit: int) -> datetime:
    """Give the time when so many attempts have expired that fewer than the limit are left."""
    left = 0
    for moment, failures in attempts.order_by("-attempt_time").values_list("attempt_time", "failures_since_start"):
        left += failures
        if left >= limit:
            end: datetime = moment + lock_time()
            return end
    return timezone.now()
