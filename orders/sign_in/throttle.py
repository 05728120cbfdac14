"""Wrong passwords lock the pair of user name and client address for a while.

django-axes counts, in the database, so that all processes share the count. Unknown user names are counted and
locked just the same: the answers do not tell who has an account.
"""

from __future__ import annotations

import logging
import math
from datetime import timedelta
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from orders.client_address import client_address
from orders.sign_in.pages import sign_in_page

logger = logging.getLogger(__name__)


class ThrottleBackend(AxesStandaloneBackend):  # type: ignore[misc] # axes has no types
    """Refuses any password of a pair that is locked; signs nobody in itself."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Raises PermissionDenied for a locked pair, and for all where no passwords are taken.

        Without a request there is no address to lock.
        """
        if not settings.LOCAL_SIGN_IN:
            raise PermissionDenied
        if request is not None:
            super().authenticate(request, **credentials)


def address_to_lock(request: HttpRequest) -> str | None:
    """The client's address as axes keeps it: None, and not "", where there is none."""
    return client_address(request) or None


def lock_time(_request: HttpRequest | None = None) -> timedelta:
    """How long a lock lasts."""
    return timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The sign-in page, which says when to try again."""
    logger.warning("sign-in locked")
    response = sign_in_page(request, locked_minutes=settings.SIGN_IN_LOCK_MINUTES, status=429)
    response["Retry-After"] = str(_seconds_left(request, credentials))
    return response


def _seconds_left(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    handler = AxesProxyHandler.get_implementation()
    times = [
        moment
        for attempts in handler.get_user_attempts(request, credentials)
        for moment in attempts.values_list("attempt_time", flat=True)
    ]
    left = max(times) + lock_time() - timezone.now() if times else lock_time()
    return max(1, math.ceil(left.total_seconds()))
