"""Recent and pinned look-ups as links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from orders.erc.schema import Item
from orders.lookup.statuses import status_of
from orders.presenters.dates import DateText, when_exactly
from orders.presenters.links import start_link
from orders.presenters.statuses import Status, summary
from orders.presenters.text import clean, plain


class Named(Protocol):
    """An order by its ids; when it was looked up and its first item then, if that is known."""

    @property
    def customer_id(self) -> str: ...

    @property
    def order_id(self) -> str: ...

    @property
    def at(self) -> datetime | None: ...

    @property
    def item(self) -> Item | None: ...


class RecentView(NamedTuple):
    """One look-up: its link, its ids to read, the exact ids for the form that pins it, and when it was.

    `item` is the name of the first item, and `statuses` are where its deliveries were then, the most urgent first.
    """

    link: str
    customer_id: str
    order_id: str
    raw_customer_id: str
    raw_order_id: str
    at: DateText | None
    item: str = ""
    statuses: tuple[Status, ...] = ()


def recent_views(entries: Iterable[Named], address: str) -> tuple[RecentView, ...]:
    """The look-ups as links to the surface at `address`."""
    return tuple(
        RecentView(
            start_link(address, one.customer_id, one.order_id),
            clean(one.customer_id),
            clean(one.order_id),
            one.customer_id,
            one.order_id,
            when_exactly(one.at) if one.at else None,
            plain(one.item.name) if one.item else "",
            _statuses(one.item) if one.item else (),
        )
        for one in entries
    )


def _statuses(item: Item) -> tuple[Status, ...]:
    counts = summary(Counter(map(status_of, item.deliveries or ())))
    return tuple(one.status for one in counts)
