"""What sorts a list and narrows it in the order system, where it is long enough for that."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from orders.core.localization import gettext
from orders.erc.query import FILTER_NAMES, ItemsQuery
from orders.lookup.forms import AS_RECEIVED
from orders.lookup.listing import Listing
from orders.lookup.paging import End
from orders.presenters.facts import Fact
from orders.presenters.links import items_link, with_parameters
from orders.presenters.text import Prose, clean

_FEW = 5


class Choice(NamedTuple):
    """One sort order: its words, its link, and whether it is the current one."""

    words: str
    link: str
    is_current: bool


class FilterField(NamedTuple):
    """A field of the form for one of the API's filters."""

    name: str
    label: str
    value: str
    kind: str


def has_toolbar(listing: Listing) -> bool:
    """Whether there is more than one sees at once, or less than the order has because of a filter."""
    is_long = listing.after.shown > _FEW or listing.end is End.MORE
    return is_long or any(name in listing.query.parameters() for name in FILTER_NAMES)


def choices(address: str, query: ItemsQuery, *, as_received: bool) -> tuple[Choice, ...]:
    """Give the orders in which the items can stand, with links to them at the surface's `address`."""
    received = with_parameters(address, AS_RECEIVED)
    sorts = (
        (gettext("By status"), address, None, not as_received),
        (gettext("Default order"), received, None, as_received),
        (gettext("Price: low to high"), address, "price:asc", True),
        (gettext("Price: high to low"), address, "price:desc", True),
    )
    return tuple(
        Choice(
            words,
            items_link(at, query, {"order_by": order, "cursor": None}),
            query.order_by == order and (is_chosen or bool(query.order_by)),
        )
        for words, at, order, is_chosen in sorts
    )


def _filter_labels() -> dict[str, str]:
    return {
        # Translators: of a product.
        "brand": gettext("Brand"),
        # Translators: the company that carries a shipment.
        "carrier": gettext("Carrier"),
        "delivery_type": gettext("Delivery type"),
        "delivery_date_start": gettext("Delivery from"),
        "delivery_date_end": gettext("Delivery until"),
        "shipping_date": gettext("Shipped on"),
        # Translators: of a product or of a shipment.
        "description": gettext("Description"),
    }


def filters(query: ItemsQuery) -> tuple[Fact, ...]:
    """Name the filters that the list is narrowed by."""
    given = query.parameters()
    names = [name for name in FILTER_NAMES if name in given]
    if not names:
        return ()
    labels = _filter_labels()
    return tuple(Fact(labels[name], Prose(clean(given[name]))) for name in names)


def filter_fields(query: ItemsQuery) -> tuple[FilterField, ...]:
    """Give the fields for the API's filters that the account has."""
    if not settings.ERC_FILTERS:
        return ()
    given, labels = query.parameters(), _filter_labels()
    return tuple(
        FilterField(name, labels[name], given.get(name, ""), "date" if "date" in name else "text")
        for name in FILTER_NAMES
        if name in settings.ERC_FILTERS
    )


def within(address: str, query: ItemsQuery) -> str:
    """Encode the list that a form narrows as one field."""
    dropped = {"cursor", *settings.ERC_FILTERS}
    kept = {name: value for name, value in query.parameters().items() if name not in dropped}
    given = {"customer_id": query.customer_id, "order_id": query.order_id, **kept}
    return "&".join(filter(None, (address.partition("?")[2], urlencode(given))))
