"""Makes messages for customers: what an agent copies into a chat or an e-mail, in the customer's language.

A message names carrier, tracking number and the carrier's page, and nothing of the agent's screen: no alarm, no
internal note, no word about what was loaded. Its days have years and its times their zone, because it is read
later and elsewhere. It has no direction marks, which other programs would keep in a copied tracking number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orders.core.localization import gettext, pgettext
from orders.erc.schema import Delivery, Item
from orders.lookup.attention import Rules
from orders.lookup.listing import Listing
from orders.lookup.quantities import are_impossible, do_contradict, has_units
from orders.presenters.attention import anchor
from orders.presenters.deliveries import delivery_keys
from orders.presenters.delivery_words import (
    Voice,
    ended,
    expectation,
    rest_words,
    state_words,
    units_words,
)
from orders.presenters.order_answer import item_name
from orders.presenters.standings import extent_of, standing_sentences
from orders.presenters.text import clean, plain, unmarked
from orders.presenters.tracking import tracking_views

# So many items are told one by one; of more, the message counts how many stand where.
_MAX_ITEMS = 5


def find_message(listing: Listing, about: str, at: Rules) -> str:
    """Make the message about the item or the shipment with an anchor; about the order without one.

    Empty where nothing has the anchor, as after a change of the order.
    """
    if not about:
        return order_message(listing, at)
    for item, place in zip(listing.items, listing.places, strict=True):
        name = anchor(item.id, place)
        if about == name:
            return item_message(item, at)
        for key, delivery in zip(delivery_keys(name, item.deliveries or ()), item.deliveries or (), strict=True):
            if about == key:
                return delivery_message(item, delivery, at)
    return ""


def order_message(listing: Listing, at: Rules) -> str:
    """Tell how an order stands: each item of a short one, else how many items stand where."""
    extent = extent_of(listing)
    # Translators: the heading of a message to the customer.
    heading = gettext("Your order %(order)s:") % {"order": clean(listing.query.order_id)}
    # What is said of named items holds, whatever could not be read beside them.
    if not extent.goes_on and 0 < extent.items <= _MAX_ITEMS and len(listing.items) == extent.items:
        return _text((heading, "", *_with_gaps(_item_blocks(item, at) for item in listing.items)))
    if not extent.items and not extent.is_whole:
        return _text((heading, gettext("There is no information about its items at the moment.")))
    return _text((heading, " ".join(standing_sentences(listing.after.standings, extent))))


def item_message(item: Item, at: Rules) -> str:
    """Tell how an item stands, shipment by shipment."""
    return _text(_with_gaps([_item_blocks(item, at)]))


def delivery_message(item: Item, delivery: Delivery, at: Rules) -> str:
    """Tell how one shipment of an item stands."""
    return _text(_delivery_lines(item, delivery, at))


def _with_gaps(items: Iterable[Iterator[str]]) -> Iterator[str]:
    """Separate the items by an empty line."""
    for number, lines in enumerate(items):
        if number:
            yield ""
        yield from lines


def _item_blocks(item: Item, at: Rules) -> Iterator[str]:
    deliveries, rest = item.deliveries or (), rest_words(item, is_contradicted=do_contradict(item))
    with_units = [one for one in deliveries if has_units(item, one)]
    for delivery in with_units if with_units or rest else deliveries:
        yield from _delivery_lines(item, delivery, at)
    if rest:
        yield _about(item, rest[:1].lower() + rest[1:])


def _delivery_lines(item: Item, delivery: Delivery, at: Rules) -> Iterator[str]:
    state = state_words(delivery, at, Voice())
    units = units_words(item, delivery, is_impossible=are_impossible(item))
    if units:
        # Translators: %(state)s is such as “delivered on Sep 4, 2026”, %(units)s such as “2 of 3” or “2 units”.
        state = gettext("%(state)s (%(units)s)") % {"units": units, "state": state}
    told = " ".join(filter(None, (ended(state), expectation(delivery, at, Voice()))))
    yield _about(item, told)
    if carrier := plain(delivery.carrier):
        yield gettext("Carrier: %(carrier)s") % {"carrier": carrier}
    yield from _tracking_lines(delivery)


def _tracking_lines(delivery: Delivery) -> Iterator[str]:
    info = delivery.tracking_info
    views = tracking_views(info.tracking_number, info.external_url) if info else ()
    for number in filter(None, (view.number for view in views)):
        yield gettext("Tracking number: %(number)s") % {"number": number}
    for link in dict.fromkeys(view.link for view in views if view.link):
        # Translators: followed by the address of the carrier's page about the shipment.
        yield gettext("Track it here: %(link)s") % {"link": link}


def _about(item: Item, told: str) -> str:
    # Translators: in a message to the customer: %(item)s is the name of an item, %(told)s where it is. Where the
    # language is written from the right, begin with a word of it, so that chats show the line from the right.
    return pgettext("message", "%(item)s: %(told)s") % {"item": item_name(item), "told": told}


def _text(lines: Iterable[str]) -> str:
    return unmarked("\n".join(lines))
