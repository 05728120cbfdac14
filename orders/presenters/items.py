"""Items and deliveries as cards."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec
from django.conf import settings

from orders.core.localization import display, gettext
from orders.erc.schema import Item
from orders.lookup.attention import Reasons, Rules, reasons, rules
from orders.lookup.quantities import is_nothing_left
from orders.presenters.after_sales.views import LineView
from orders.presenters.answers import answers
from orders.presenters.attention import Flag, anchor, flags
from orders.presenters.deliveries import DeliveryView, delivery_views
from orders.presenters.delivery_words import rest_words
from orders.presenters.facts import Fact, facts
from orders.presenters.grouping import Group, group_of
from orders.presenters.hosts import own_names
from orders.presenters.links import picture_address
from orders.presenters.money import price_text
from orders.presenters.quantities import count_text, say_count
from orders.presenters.small_cache import MAX_CACHED, cache_small
from orders.presenters.statuses import Status, StatusCount, sort_counts
from orders.presenters.text import Prose, clean, description, isolate, plain

_MAX_CACHED_CARDS = 300
# JSON, because MessagePack has no whole numbers of more than 64 bits.
_ENCODER = msgspec.json.Encoder(enc_hook=str)


class Undelivered(NamedTuple):
    """The words for an item without deliveries, and the parcel that groups it."""

    parcel: str
    words: str


class Quantities(NamedTuple):
    """The counts of an item in words; empty where the API gives none."""

    ordered: str
    to_deliver: str
    refundable: str


class InShort(NamedTuple):
    """What a row says of several deliveries together; `statuses` has the number of deliveries at each."""

    statuses: tuple[StatusCount, ...]
    carriers: str
    total: str


class CardView(NamedTuple):
    """An item for its card or its row; `rest` says what of it is in none of its deliveries."""

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
    in_short: InShort | None
    rest: str
    undelivered: Undelivered
    group: Group
    anchor: str
    answer: str
    flags: tuple[Flag, ...]
    after_sales: tuple[LineView, ...] = ()

    @property
    def has_counts(self) -> bool:
        """Whether the card shows any counts."""
        return any((*self.quantities, self.sku))

    @property
    def only_delivery(self) -> DeliveryView | None:
        """The one delivery that there is."""
        return self.deliveries[0] if len(self.deliveries) == 1 else None


def _size(made: CardView, same: _Same, *_display: object) -> int:
    """Estimate the size of a card and of its item, which may contain more than the card shows."""
    try:
        return len(_ENCODER.encode((made, same.item)))
    except RecursionError:
        # Custom fields may be nested too deeply to encode.
        return MAX_CACHED + 1


class _Same:
    """An item as a cache key, by identity: decoding the same bytes gives the identical item.

    It brings the item's reasons for attention, which follow from the item and the rules.
    """

    __slots__ = ("because", "item")

    def __init__(self, item: Item, because: Reasons) -> None:
        self.item = item
        self.because = because

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.item is other.item

    def __hash__(self) -> int:
        return id(self.item)


def card(
    item: Item,
    at: Rules | None = None,
    place: int = 0,
    after_sales: tuple[LineView, ...] = (),
    because: Reasons | None = None,
) -> CardView:
    """Make the card of an item `at` a time (default: now); `place` counts earlier items with its id.

    `after_sales` is what the order's refunds and returns say of the item; `because` spares finding the item's
    reasons for attention, where they are known.
    """
    shown, at = display(), at or rules()
    same = _Same(item, reasons(item, at) if because is None else because)
    return _card(same, at, place, after_sales, shown.language, shown.zone, _allowed())


@cache
def _allowed() -> tuple[tuple[str, ...], ...]:
    """Give what the settings say of links and pictures."""
    return tuple(settings.IMAGE_ORIGINS), own_names()


@cache_small(maxsize=_MAX_CACHED_CARDS, size=_size)
def _card(same: _Same, at: Rules, place: int, after_sales: tuple[LineView, ...], *_display: object) -> CardView:
    item = same.item
    said = answers(item, at, is_contradicted=bool(same.because.item))
    name = anchor(item.id, place)
    deliveries = delivery_views(item.deliveries or (), at, card=name, told=said.deliveries)
    found = flags(same.because)
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
        deliveries=deliveries,
        in_short=_in_short(deliveries),
        rest=rest_words(item, is_contradicted=bool(same.because.item)) if deliveries else "",
        undelivered=_no_delivery_view(item),
        group=group_of(item, is_flagged=bool(found)),
        anchor=name,
        answer=said.item,
        flags=found,
        after_sales=after_sales,
    )


def _in_short(deliveries: tuple[DeliveryView, ...]) -> InShort | None:
    if len(deliveries) <= 1:
        return None
    return InShort(
        statuses=_counted(tuple(sorted(delivery.status for delivery in deliveries))),
        carriers=gettext(", ").join(dict.fromkeys(isolate(one.carrier) for one in deliveries if one.carrier)),
        total=say_count("%(count)d shipment", "%(count)d shipments", len(deliveries)),
    )


# Most items are at few statuses.
@lru_cache(maxsize=256)
def _counted(statuses: tuple[Status, ...]) -> tuple[StatusCount, ...]:
    return sort_counts(Counter(statuses))


def _no_delivery_view(item: Item) -> Undelivered:
    if is_nothing_left(item):
        return Undelivered("nothing", gettext("Nothing to deliver."))
    return Undelivered("none", gettext("No shipment yet."))
