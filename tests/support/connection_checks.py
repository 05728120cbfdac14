"""The connection check as tests run it."""

from __future__ import annotations

from orders.connection_check.check import check_connection
from orders.connection_check.steps import Step


def steps(customer_id: str = "", order_id: str = "") -> dict[str, Step]:
    """The steps of a check, by their names."""
    return {step.name: step for step in check_connection(customer_id, order_id, "correlation-1")}


def states(found: dict[str, Step]) -> list[str]:
    """What each step came to."""
    return [step.state for step in found.values()]
