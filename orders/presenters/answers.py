"""Makes answers for agents to say: terse sentences for a delivery and an item, as the screen has them.

They name the days as seen from today, and what the carrier says. Tracking numbers stand beside them on the screen;
a text for the customer, who does not see it, is a message (messages.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orders.core.localization import gettext
from orders.erc.schema import Delivery, Item
from orders.lookup.attention import Rules, is_dated_ahead
from orders.lookup.quantities import are_impossible, do_contradict, has_units
from orders.lookup.statuses import status_of
from orders.presenters.delivery_words import (
    Voice,
    capital,
    ended,
    expectation,
    rest_words,
    silence,
    state_words,
    together_words,
    undated_words,
    units_words,
)
from orders.presenters.text import description, isolate

# More deliveries than these are told together where they are at the same status.
_MAX_TOLD = 4


class Answers(NamedTuple):
    """The answers for an item and each of its deliveries."""

    item: str
    deliveries: tuple[str, ...]


def answers(item: Item, at: Rules, *, is_contradicted: bool | None = None) -> Answers:
    """Make the answers for an item and its deliveries; `is_contradicted` where its counts are known to contradict.

    Such as “2 of 3: delivered on Fri, Sep 4 (6 days ago). 1 of 3: in transit since Fri, Sep 4 (6 days ago).”
    """
    deliveries = item.deliveries or ()
    is_contradicted = do_contradict(item) if is_contradicted is None else is_contradicted
    is_impossible = is_contradicted and are_impossible(item)
    told = tuple(_delivery_answer(item, delivery, at, is_impossible=is_impossible) for delivery in deliveries)
    pairs = list(zip(deliveries, told, strict=True))
    rest = rest_words(item, is_contradicted=is_contradicted)
    telling = [(one, words) for one, words in pairs if has_units(item, one)] or ([] if rest else pairs)
    if len(telling) <= _MAX_TOLD:
        words = [words for _, words in telling]
    else:
        words = list(_told_by_status(item, telling, is_impossible=is_impossible))
    return Answers(" ".join(filter(None, (*words, rest))), told)


def _told_by_status(item: Item, telling: Sequence[tuple[Delivery, str]], *, is_impossible: bool) -> Iterator[str]:
    """Tell many deliveries by counting those at the same status; one that is alone there has its own words."""
    places: dict[str, list[tuple[Delivery, str]]] = {}
    for delivery, words in telling:
        places.setdefault(status_of(delivery), []).append((delivery, words))
    for code, found in places.items():
        if len(found) == 1:
            yield found[0][1]
        else:
            units = together_words(item, [delivery for delivery, _ in found], is_impossible=is_impossible)
            yield ended(capital(_with_units(units, undated_words(code))))


def delivery_answer(delivery: Delivery, items: Sequence[Item], at: Rules) -> str:
    """Say how a delivery with units of these items stands: of a single item, how many of its units are in it."""
    if len(items) == 1:
        return _delivery_answer(items[0], delivery, at, is_impossible=are_impossible(items[0]))
    return " ".join(_sentences(delivery, state_words(delivery, at, Voice(at.now)), at))


def _delivery_answer(item: Item, delivery: Delivery, at: Rules, *, is_impossible: bool) -> str:
    state = state_words(delivery, at, Voice(at.now))
    units = units_words(item, delivery, is_impossible=is_impossible)
    return " ".join(_sentences(delivery, _with_units(units, state) if units else state, at))


def _with_units(units: str, state: str) -> str:
    # Translators: %(units)s is such as “2 of 3” or “2 units”, %(state)s such as “delivered on Fri, Sep 4”.
    return gettext("%(units)s: %(state)s") % {"units": units, "state": state}


def _sentences(delivery: Delivery, state: str, at: Rules) -> Iterator[str]:
    yield ended(capital(state))
    if is_dated_ahead(delivery, at):
        # Translators: of a status whose day is still to come, which cannot be.
        yield gettext("Its date lies in the future.")
    yield from filter(None, (silence(delivery, at), expectation(delivery, at, Voice(at.now))))
    if note := description(delivery.description):
        # Translators: what the carrier notes about a shipment, in quotation marks.
        yield gettext("“%(note)s”") % {"note": isolate(note.short)}
