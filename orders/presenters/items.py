"""Items and deliveries as cards."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from django.conf import settings

from orders.core.localization import display, gettext
from orders.erc.schema import Item
from orders.lookup.attention import Rules, rules
from orders.lookup.quantities import is_nothing_left
from orders.presenters.answers import answers
from orders.presenters.attention import Flag, anchor, flags
from orders.presenters.deliveries import DeliveryView, delivery_views
from orders.presenters.facts import Fact, facts
from orders.presenters.hosts import own_names
from orders.presenters.links import picture_address
from orders.presenters.money import price_text
from orders.presenters.quantities import count_text
from orders.presenters.small_cache import MAX_CACHED, cache_small
from orders.presenters.text import Prose, clean, description, plain

_MAX_CACHED_CARDS = 300


class Undelivered(NamedTuple):
    """The words for an item without deliveries, and the parcel that groups it."""

    parcel: str
    words: str


class Quantities(NamedTuple):
    """The counts of an item in words; empty where the API gives none."""

    ordered: str
    to_deliver: str
    refundable: str


class CardView(NamedTuple):
    """An item for its card."""

    id: str
    name: str
    brand: str
    sku: str
    price: str
    picture: str
    description: Prose | None
    quantities: Quantities
    facts: tuple[Fact, ...]
    deliveries: tuple[DeliveryView, ...]
    undelivered: Undelivered
    anchor: str
    answer: str
    flags: tuple[Flag, ...]

    @property
    def has_counts(self) -> bool:
        """Whether the card shows any counts."""
        return any((*self.quantities, self.sku))


def _size(made: CardView, same: _Same, *_display: object) -> int:
    """Estimate the size of a card and of its item, which may contain more than the card shows."""
    try:
        return len(msgspec.msgpack.encode(made)) + len(msgspec.json.encode(same.item, enc_hook=str))
    except RecursionError:
        # Custom fields may be nested too deeply to encode.
        return MAX_CACHED + 1


class _Same:
    """An item as a cache key, by identity: decoding the same bytes gives the identical item."""

    __slots__ = ("item",)

    def __init__(self, item: Item) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.item is other.item

    def __hash__(self) -> int:
        return id(self.item)


def card(item: Item, at: Rules | None = None, place: int = 0) -> CardView:
    """Make the card of an item `at` a time (default: now); `place` counts earlier items with its id."""
    shown = display()
    allowed = (tuple(settings.IMAGE_ORIGINS), own_names())
    return _card(_Same(item), at or rules(), place, shown.language, shown.zone, allowed)


@cache_small(maxsize=_MAX_CACHED_CARDS, size=_size)
def _card(same: _Same, at: Rules, place: int, *_display: object) -> CardView:
    item = same.item
    said = answers(item, at)
    name = anchor(item.id, place)
    return CardView(
        id=clean(item.id),
        name=plain(item.name) or gettext("Item without a name"),
        brand=plain(item.brand),
        sku=clean(item.sku or ""),
        price=price_text(item.price.value, item.price.currency) if item.price else "",
        picture=picture_address(item.image_url),
        description=description(item.description),
        quantities=Quantities(
            ordered=count_text(item.quantity),
            to_deliver=count_text(item.deliverable_quantity),
            refundable=count_text(item.refundable_quantity),
        ),
        facts=facts(item.custom_fields),
        deliveries=delivery_views(item.deliveries or (), at, card=name, told=said.deliveries),
        undelivered=_no_delivery_view(item),
        anchor=name,
        answer=said.item,
        flags=flags(item, at),
    )


def _no_delivery_view(item: Item) -> Undelivered:
    if is_nothing_left(item):
        return Undelivered("nothing", gettext("Nothing to deliver."))
    return Undelivered("none", gettext("No delivery yet."))
