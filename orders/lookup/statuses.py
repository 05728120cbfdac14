"""What status a delivery has, whatever its spelling."""

from __future__ import annotations

from orders.erc.schema import Delivery
from orders.lookup.conventions import STATUSES, bare

_CODES = frozenset(STATUSES)
_BY_SPELLING = {bare(code): code for code in STATUSES}
# No spelling of a status is longer.
_MAX_SPELLING = 100


def status_code(text: str | None) -> str:
    """The known code that the text is a spelling of, else the text as it came; empty for none."""
    if not text or text in _CODES or len(text) > _MAX_SPELLING:
        return text or ""
    return _BY_SPELLING.get(bare(text), text)


def status_of(delivery: Delivery) -> str:
    """The code of a delivery's latest status; empty where it has none."""
    info = delivery.latest_status_info
    if info is None:
        return ""
    return info.type if info.type in _CODES else status_code(info.type)
