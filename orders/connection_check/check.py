"""Runs the whole check."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.utils.translation import gettext

from orders.audit.access_log import Access
from orders.connection_check.calls import SECONDS, Calls
from orders.connection_check.configuration import check_settings
from orders.connection_check.family import FAMILY, check_family
from orders.connection_check.items import check_items
from orders.connection_check.network import check_names, check_tls
from orders.connection_check.steps import FAILED, SKIPPED, Step, StepResult
from orders.connection_check.subject import Subject, subject_of
from orders.connection_check.token import check_token

_MAX_SECONDS = 30.0
_MIN_FAMILY_SECONDS = 5.0


def check_connection(
    customer_id: str, order_id: str, correlation_id: str, record: Callable[[Access], None] = lambda _access: None
) -> tuple[Step, ...]:
    """Run all steps in half a minute; skip those behind a failed one. Empty ids mean no order.

    A requested order is an access to customer data, which `record` records; its errors are raised.
    """
    check = _Check(Calls(correlation_id), subject_of(customer_id, order_id))
    check.run()
    for access in check.accesses:
        record(access)
    return tuple(check.steps)


class _Check:
    """The steps so far, and the accesses to customer data that they made."""

    def __init__(self, calls: Calls, subject: Subject) -> None:
        self._calls = calls
        self._subject = subject
        self._ends = time.monotonic() + _MAX_SECONDS
        self.steps: list[Step] = []
        self.accesses: list[Access] = []

    def run(self) -> None:
        parts: tuple[tuple[str, Callable[[], StepResult]], ...] = (
            ("settings", check_settings),
            ("dns", check_names),
            ("tls", check_tls),
            ("token", lambda: check_token(self._calls)),
            ("items", self._check_items),
        )
        for name, part in parts:
            if self._failed:
                self._skip(name)
                continue
            started = time.monotonic()
            state, finding, advice = part()
            self.steps.append(Step(name, state, finding, advice, round((time.monotonic() - started) * 1000)))
        if not self._failed:
            self._check_family()
            return
        for endpoint in FAMILY:
            self._skip(endpoint)

    @property
    def _failed(self) -> str:
        """The name of the failed step, if any."""
        return next((step.name for step in self.steps if step.state == FAILED), "")

    def _skip(self, name: str) -> None:
        reason = gettext("Not tried, because the step “%(step)s” failed.") % {"step": self._failed}
        self.steps.append(Step(name, SKIPPED, reason))

    def _check_items(self) -> StepResult:
        result, access = check_items(self._calls, self._subject)
        self._note(access)
        return result

    def _check_family(self) -> None:
        left = max(_MIN_FAMILY_SECONDS, self._ends - time.monotonic())
        steps, access = check_family(self._calls, self._subject, min(SECONDS, left))
        self.steps += steps
        self._note(access)

    def _note(self, access: Access) -> None:
        if not self._subject.is_made_up:
            self.accesses.append(access)
