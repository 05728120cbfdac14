"""What the find box offers: what the account lacks is not offered."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from orders.core.localization import gettext
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import cached_pages

_SEARCHED = frozenset((EndpointName.CUSTOMERS, EndpointName.ORDERS))


def find_hint(known: AbstractSet[EndpointName] | None = None) -> str:
    """Say what can be typed into the box; `known` is what the account lacks, where that was read."""
    lacking = _SEARCHED & (cached_pages().missing.names(tuple(_SEARCHED)) if known is None else known)
    if lacking == _SEARCHED:
        return gettext("Your account finds orders by ID only")
    if EndpointName.CUSTOMERS in lacking:
        return gettext("Order number, IDs or link")
    if EndpointName.ORDERS in lacking:
        return gettext("E-mail, phone, name or link")
    return gettext("E-mail, phone, order number, name or link")
