"""Places the latest status of a delivery among the usual steps.

The API gives only the latest status. So at most one step is the present one, and the others are merely before or
after it: nothing here says that a step has happened, or when.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from orders.lookup.conventions import COLLECTION_WORDS, bare
from orders.lookup.statuses import status_code

TO_THE_DOOR = ("CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED")
TO_A_SHOP = ("CONFIRMED", "IN_TRANSIT", "READY_FOR_PICKUP", "PICKED_UP")


class StepState(enum.Enum):
    """The position of a step relative to the latest status."""

    BEFORE = "before"
    NOW = "now"
    AFTER = "after"
    OPEN = "open"


class Step(NamedTuple):
    """One usual step. OPEN: the latest status does not tell whether it lies before or after."""

    status: str
    place: StepState


def timeline(status: str | None, delivery_type: str | None = None) -> tuple[Step, ...]:
    """Give the steps of a delivery relative to its latest status, which may be None or empty."""
    status = status_code(status)
    road = _road(status, delivery_type)
    if status in road:
        at = road.index(status)
        return tuple(
            Step(name, StepState.NOW if i == at else StepState.BEFORE if i < at else StepState.AFTER)
            for i, name in enumerate(road)
        )
    if status == "ATTEMPTED_DELIVERY":
        return (
            *(Step(name, StepState.BEFORE) for name in road[:3]),
            Step(status, StepState.NOW),
            Step(road[3], StepState.AFTER),
        )
    if not status:
        return tuple(Step(name, StepState.OPEN) for name in road)
    if status == "FAILURE":
        return (*(Step(name, StepState.OPEN) for name in road[:3]), Step(status, StepState.NOW))
    if status == "UNKNOWN":
        return (Step(status, StepState.NOW), *(Step(name, StepState.OPEN) for name in road))
    # Nobody knows where an unlisted status lies, so it has no road.
    return (Step(status, StepState.NOW),)


def _road(status: str, delivery_type: str | None) -> tuple[str, ...]:
    if status in ("READY_FOR_PICKUP", "PICKED_UP"):
        return TO_A_SHOP
    if status in ("OUT_FOR_DELIVERY", "DELIVERED", "ATTEMPTED_DELIVERY"):
        return TO_THE_DOOR
    kind = bare(delivery_type or "")
    return TO_A_SHOP if any(word in kind for word in COLLECTION_WORDS) else TO_THE_DOOR
