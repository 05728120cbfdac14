"""Counts password attempts for django-axes: by user name and address, and by address over all names.

Each attempt is counted before its password is checked, and uncounted if it was right. So parallel attempts, or a
database that fails meanwhile, let no password be checked uncounted.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off, get_credentials
from axes.models import AccessAttempt
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

_FOR_ANY_BROWSER = ""


class AttemptsHandler(AxesDatabaseHandler):  # type: ignore[misc] # axes has no types
    """Axes' handler, which counts earlier and also limits by address alone."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the pair of name and address, or the address, is at its limit."""
        is_pair_locked: bool = self.get_failures(request, credentials) >= settings.AXES_FAILURE_LIMIT
        return is_pair_locked or self.is_address_locked(request)

    def is_address_locked(self, request: HttpRequest) -> bool:
        """Whether the address is at its limit, over all names."""
        return _total(self.of_address(request)) >= settings.SIGN_IN_ADDRESS_FAILURES

    def of_address(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        """Give the address's attempts that still count; none without an address."""
        address = request.axes_ip_address  # type: ignore[attr-defined] # axes sets it
        found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
            ip_address=address, attempt_time__gte=_oldest_that_counts(request)
        )
        return found if address else found.none()

    def count(self, request: HttpRequest, username: str) -> bool:
        """Count an attempt; False where parallel attempts have used up the limit, so that it must not go on."""
        self._add_one(request, username)
        pair = self.get_failures(request, get_credentials(username=username))
        return (
            pair <= settings.AXES_FAILURE_LIMIT
            and _total(self.of_address(request)) <= settings.SIGN_IN_ADDRESS_FAILURES
        )

    def take_back(self, request: HttpRequest, username: str) -> None:
        """Uncount an attempt with the right password."""
        _row(request, username).filter(failures_since_start__gt=0).update(
            failures_since_start=F("failures_since_start") - 1
        )

    def user_login_failed(
        self,
        sender: Any,  # noqa: ARG002 - axes' signature
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **_: Any,
    ) -> None:
        """Let the response show a lock; count nothing, because `count` has."""
        if request is None:
            return
        request.axes_credentials = credentials  # type: ignore[attr-defined]
        request.axes_locked_out = request.axes_locked_out or self.is_locked(request, credentials)  # type: ignore[attr-defined]

    def _add_one(self, request: HttpRequest, username: str) -> None:
        # No transaction, because SQLite aborts one that reads before it writes.
        if _count_on(request, username):
            return
        self.clean_expired_user_attempts(request)
        try:
            with transaction.atomic():
                AccessAttempt.objects.create(
                    username=username,
                    ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
                    user_agent=_FOR_ANY_BROWSER,
                    failures_since_start=1,
                )
        except IntegrityError:
            # A parallel attempt was first.
            _count_on(request, username)


def _count_on(request: HttpRequest, username: str) -> bool:
    rows = _row(request, username).filter(attempt_time__gte=_oldest_that_counts(request))
    return bool(rows.update(failures_since_start=F("failures_since_start") + 1, attempt_time=timezone.now()))


def _row(request: HttpRequest, username: str) -> QuerySet[AccessAttempt]:
    address = request.axes_ip_address  # type: ignore[attr-defined]
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        username=username, ip_address=address, user_agent=_FOR_ANY_BROWSER
    )
    return found


def _oldest_that_counts(request: HttpRequest) -> Any:
    return timezone.now() - get_cool_off(request)


def _total(attempts: QuerySet[AccessAttempt]) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
