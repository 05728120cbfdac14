"""Recognizes the status of a delivery in any spelling."""

from __future__ import annotations

from orders.erc.schema import Delivery
from orders.lookup.conventions import STATUSES, bare

_CODES = frozenset(STATUSES)
_BY_SPELLING = {bare(code): code for code in STATUSES}
# No spelling of a status is longer.
_MAX_SPELLING = 100


def status_code(text: str | None) -> str:
    """Give the known code that the text spells, else the text as it came; empty for none."""
    if not text or text in _CODES or len(text) > _MAX_SPELLING:
        return text or ""
    return _BY_SPELLING.get(bare(text), text)


def status_of(delivery: Delivery) -> str:
    """Give the code of a delivery's latest status; empty where it has none."""
    info = delivery.latest_status_info
    if info is None:
        return ""
    return info.type if info.type in _CODES else status_code(info.type)
