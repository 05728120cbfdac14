"""Every entry that was sent is shown or counted."""

from __future__ import annotations

from typing import Any

from orders.erc.schema import Item, ItemsPage
from orders.lookup.listing import Listing
from tests.fuzz.json_text import Pairs

_FIELDS = frozenset(Item.__struct_fields__) - {"deliveries_beyond"}


def entries_sent(page: Any) -> list[Any] | None:
    """The entries of a page by what was sent; None where there is no list of them."""
    embedded = _plain(page).get("_embedded") if isinstance(page, dict) else None
    items = _plain(embedded).get("items") if isinstance(embedded, dict | Pairs) else None
    if isinstance(items, list) and not isinstance(items, Pairs):
        return items
    if not isinstance(items, dict | Pairs):
        return None
    entries = _plain(items)
    return [entries] if _FIELDS & entries.keys() else list(entries.values())


def require_all_counted(page: ItemsPage, sent: int) -> None:
    """What was decoded, what could not be, and what is too much are all that was sent."""
    counted = len(page.items) + len(page.unreadable) + page.items_beyond
    assert counted == sent, f"{counted} of {sent} entries are shown or counted"


def require_all_listed(listing: Listing, sent: int) -> None:
    """The same of a page of a list, which leaves out what was shown before."""
    require_all_counted(listing.page, sent)
    assert len(listing.items) + listing.repeated == len(listing.page.items)
    assert len(listing.places) == len(listing.items)


def require_totals(listings: list[Listing], sent: int) -> None:
    """The totals at the end of a list are those of its pages."""
    last = listings[-1].after
    repeated = sum(one.repeated for one in listings)
    assert last.shown + last.unreadable + last.beyond + repeated == sent
    assert last.shown == sum(len(one.items) for one in listings)


def _plain(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict | Pairs) else {}
