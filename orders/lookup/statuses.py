"""Recognizes the status of a delivery in any spelling."""

from __future__ import annotations

from orders.erc.schema import Delivery
from orders.lookup.conventions import NEVER_ARRIVING, OTHER_STATUSES, STATUSES, bare

_CODES = frozenset(STATUSES)
_OVER = frozenset({"DELIVERED", "PICKED_UP", "FAILURE"})
_BY_SPELLING = {bare(code): code for code in STATUSES}
# No spelling of a status is longer.
_MAX_SPELLING = 100


def status_code(text: str | None) -> str:
    """Give the known code that the text spells, else the text as it came; empty for none."""
    if not text or text in _CODES or len(text) > _MAX_SPELLING:
        return text or ""
    return _BY_SPELLING.get(bare(text), text)


def other_status(code: str) -> str:
    """Give the code of a status outside the reference that has words of its own; empty for others."""
    return OTHER_STATUSES.get(bare(code), "") if len(code) <= _MAX_SPELLING else ""


def is_unlisted(code: str) -> bool:
    """Whether the code of a delivery's status is one that the reference does not have."""
    return bool(code) and code not in _CODES


def is_to_arrive(code: str) -> bool:
    """Whether a delivery at a status may still reach the customer, so that a promised day holds."""
    return code not in _OVER if code in _CODES else other_status(code) not in NEVER_ARRIVING


def status_of(delivery: Delivery) -> str:
    """Give the code of a delivery's latest status; empty where it has none."""
    info = delivery.latest_status_info
    if info is None:
        return ""
    return info.type if info.type in _CODES else status_code(info.type)
