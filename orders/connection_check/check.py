"""Runs the whole check."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.utils.translation import gettext

from orders.audit.access_log import Access
from orders.connection_check.calls import Calls
from orders.connection_check.configuration import check_settings
from orders.connection_check.network import check_names, check_tls
from orders.connection_check.steps import FAILED, SKIPPED, Step, StepResult


def check_connection(
    customer_id: str, order_id: str, correlation_id: str, record: Callable[[Access], None] = lambda _access: None
) -> tuple[Step, ...]:
    """Run all steps in half a minute at most; skip those behind a failed one. Empty ids mean no order.

    A requested order is an access to customer data, which `record` records; its errors are raised.
    """
    calls = Calls(correlation_id)
    parts: tuple[tuple[str, Callable[[], StepResult]], ...] = (
        ("settings", check_settings),
        ("dns", check_names),
        ("tls", check_tls),
        ("token", calls.check_token),
        ("items", lambda: calls.check_items(customer_id, order_id)),
    )
    steps: list[Step] = []
    for name, part in parts:
        failed = next((step.name for step in steps if step.state == FAILED), "")
        if failed:
            reason = gettext("Not tried, because the step “%(step)s” failed.") % {"step": failed}
            steps.append(Step(name, SKIPPED, reason))
            continue
        started = time.monotonic()
        state, finding, advice = part()
        steps.append(Step(name, state, finding, advice, round((time.monotonic() - started) * 1000)))
    if calls.access:
        record(calls.access)
    return tuple(steps)
