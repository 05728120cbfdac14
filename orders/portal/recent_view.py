"""Recent and pinned look-ups as links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from orders.presenters.links import start_link
from orders.presenters.text import clean


class Named(Protocol):
    """An order by its ids."""

    @property
    def customer_id(self) -> str: ...

    @property
    def order_id(self) -> str: ...


class RecentView(NamedTuple):
    """One look-up: its link, its ids to read, and the exact ids for the form that pins it."""

    link: str
    customer_id: str
    order_id: str
    raw_customer_id: str
    raw_order_id: str


def recent_views(entries: Iterable[Named], address: str) -> tuple[RecentView, ...]:
    """The look-ups as links to the surface at `address`."""
    return tuple(
        RecentView(
            start_link(address, one.customer_id, one.order_id),
            clean(one.customer_id),
            clean(one.order_id),
            one.customer_id,
            one.order_id,
        )
        for one in entries
    )
