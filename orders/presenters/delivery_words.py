"""The words for one delivery, of which the texts for the screen and for the customer are made.

State, units and expectation are told apart, each in whole phrases, because languages order and bend them
differently. Only the latest status of a delivery is known (docs/api-reference.md#delivery-statuses), so nothing is
claimed about earlier ones. A day that is still to come is no fact, and a promise that has passed is none any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_noop as _

from orders.core.localization import gettext, ngettext
from orders.erc.schema import Delivery, Item
from orders.erc.timestamps import Timestamp
from orders.lookup.attention import Rules, days_of_silence, has_passed, latest_news, status_time
from orders.lookup.dates import Value, is_ahead, window_of
from orders.lookup.quantities import has_failed, is_nothing_left, is_sent_again, units_without_delivery
from orders.lookup.statuses import is_to_arrive, other_status, status_of
from orders.presenters.dates import day, days_since
from orders.presenters.quantities import say, say_count
from orders.presenters.spans import SpanText, full_span, near_day, near_span
from orders.presenters.statuses import status, words_within
from orders.presenters.text import isolate

_DATED = {
    # Translators: where one shipment is; a name or a number of units stands before it.
    "CONFIRMED": _("shipment confirmed on %(day)s"),
    "IN_TRANSIT": _("in transit since %(day)s"),
    "OUT_FOR_DELIVERY": _("out for delivery on %(day)s"),
    "DELIVERED": _("delivered on %(day)s"),
    "READY_FOR_PICKUP": _("ready for pickup since %(day)s"),
    "PICKED_UP": _("collected from the pickup location on %(day)s"),
    "ATTEMPTED_DELIVERY": _("delivery attempt on %(day)s was unsuccessful"),
    "FAILURE": _("could not be delivered on %(day)s"),
}
_PLAIN = {
    "CONFIRMED": _("shipment confirmed"),
    "IN_TRANSIT": _("in transit"),
    "OUT_FOR_DELIVERY": _("out for delivery"),
    "DELIVERED": _("delivered"),
    "READY_FOR_PICKUP": _("ready for pickup"),
    "PICKED_UP": _("collected from the pickup location"),
    "ATTEMPTED_DELIVERY": _("delivery attempt was unsuccessful"),
    "FAILURE": _("could not be delivered"),
    "UNKNOWN": _("status unknown"),
}
# Outside the reference.
_OTHERS = {
    # Translators: where one shipment is; a name or a number of units stands before it.
    "HELD_AT_CUSTOMS": _("held at customs"),
    "DELAYED": _("shipment delayed"),
    "RETURNED_TO_SENDER": _("returned to sender"),
    "LOST": _("shipment lost"),
    "DAMAGED": _("shipment damaged"),
    "CANCELLED": _("shipment cancelled"),
    "LABEL_CREATED": _("shipping label created"),
}
_NO_STATUS = _("no status yet")
# Fewer days without news are usual once a parcel moves.
_MIN_SILENT_DAYS = 2


class _Spans(NamedTuple):
    """The sentences for a window: with both ends, of one day, with one end alone, and for one that has passed."""

    whole: str
    on: str
    by: str
    begin: str
    passed: str


_EXPECTED = _Spans(
    # Translators: %(window)s is a span such as “Nov 30 – Dec 2”, or a day with hours.
    whole=_("Expected: %(window)s."),
    on=_("Expected on %(day)s."),
    by=_("Expected by %(day)s."),
    begin=_("Expected from %(day)s."),
    passed=_("Was expected by %(day)s."),
)
_NEXT = _Spans(
    # Translators: when the carrier tries again, after a delivery attempt that was unsuccessful.
    whole=_("Next delivery window: %(window)s."),
    on=_("Next delivery attempt on %(day)s."),
    by=_("Next delivery attempt by %(day)s."),
    begin=_("Next delivery attempt from %(day)s."),
    passed=_("Next delivery attempt was expected by %(day)s."),
)
_PICKUP = _Spans(
    # Translators: while the shipment waits at a pickup location.
    whole=_("Can be collected: %(window)s."),
    on=_("Can be collected on %(day)s."),
    by=_("Can be collected until %(day)s."),
    begin=_("Can be collected from %(day)s."),
    passed=_("Could be collected until %(day)s."),
)
_NEXT_OF_SEVERAL = _Spans(
    # Translators: the soonest of an order's shipments.
    whole=_("Next expected delivery: %(window)s."),
    on=_("Next delivery expected on %(day)s."),
    by=_("Next delivery expected by %(day)s."),
    begin=_("Next delivery expected from %(day)s."),
    passed="",
)


class Voice(NamedTuple):
    """How days are said: as seen from `now` on the screen; in full where there is none, as in a message."""

    now: datetime | None = None

    def day(self, value: Value) -> str:
        return near_day(value, self.now) if self.now else day(value)

    def span(self, start: Timestamp | None, end: Timestamp | None) -> SpanText:
        return near_span(start, end, self.now) if self.now else full_span(start, end)


def state_words(delivery: Delivery, at: Rules, voice: Voice) -> str:
    """Say where a delivery is, such as “in transit since Sep 4, 2026”; the words begin small."""
    code = status_of(delivery)
    reached = status_time(delivery, at) if code in _DATED else None
    return undated_words(code) if reached is None else gettext(_DATED[code]) % {"day": voice.day(reached)}


def undated_words(code: str) -> str:
    """Say where a delivery at a status is, without its day."""
    return gettext(_PLAIN[code]) if code in _PLAIN else _unlisted(code)


def _unlisted(code: str) -> str:
    if other := other_status(code):
        return gettext(_OTHERS[other])
    if not status(code).code:
        return gettext(_NO_STATUS)
    # Translators: a status that the portal does not know, in the words of the carrier, such as “held at customs”.
    return gettext("status: %(status)s") % {"status": isolate(words_within(code))}


def units_words(item: Item, delivery: Delivery, *, is_impossible: bool) -> str:
    """Say how many of an item's units are in a delivery, such as “2 of 3”; empty where that says nothing.

    It says nothing of the only unit, of none, and of counts that cannot all be right (`is_impossible`), as cannot
    those of a failed delivery whose units were sent again.
    """
    count, total = delivery.delivery_quantity, item.quantity
    if count is None or count <= 0 or is_impossible:
        return ""
    if has_failed(delivery) and is_sent_again(item):
        return ""
    if total is None:
        return say_count("%(count)d unit", "%(count)d units", count)
    if total == count == 1:
        return ""
    # Translators: so many of the ordered units of an item.
    return say(gettext("%(count)d of %(total)d"), count=count, total=total)


def together_words(item: Item, deliveries: Sequence[Delivery], *, is_impossible: bool) -> str:
    """Say how many of an item's units are in several deliveries; how many shipments, where that is not known."""
    counts = [one.delivery_quantity for one in deliveries]
    known = [count for count in counts if count is not None]
    all_units, total = sum(known), item.quantity
    if len(known) == len(counts) and (total is None or all_units <= total):
        together = msgspec.structs.replace(deliveries[0], delivery_quantity=all_units)
        if units := units_words(item, together, is_impossible=is_impossible):
            return units
    return say_count("%(count)d shipment", "%(count)d shipments", len(deliveries))


def expectation(delivery: Delivery, at: Rules, voice: Voice) -> str:
    """Say in a sentence until when a delivery is expected, attempted again or kept; empty where nobody says."""
    code = status_of(delivery)
    if not is_to_arrive(code):
        return ""
    sentences = {"ATTEMPTED_DELIVERY": _NEXT, "READY_FOR_PICKUP": _PICKUP}.get(code, _EXPECTED)
    start, end = delivery.delivery_date_start, delivery.delivery_date_end
    if start is None and end is None:
        return ""
    words = voice.span(start, end)
    if has_passed(delivery, at):
        return ended(gettext(sentences.passed) % {"day": words.end}) if words.end else ""
    return _span_sentence(sentences, words, begins_ahead=_is_ahead(start, end, at))


def next_delivery(start: Timestamp | None, end: Timestamp | None, at: Rules, voice: Voice) -> str:
    """Say in a sentence when the next of several shipments is expected; empty without an end."""
    words = voice.span(start, end)
    return _span_sentence(_NEXT_OF_SEVERAL, words, begins_ahead=_is_ahead(start, end, at)) if words.end else ""


def _span_sentence(sentences: _Spans, words: SpanText, *, begins_ahead: bool) -> str:
    """Say a window that is not over; of one without an end nothing is said once it has begun."""
    if words.whole:
        if words.start == words.end:
            return ended(gettext(sentences.on) % {"day": words.whole})
        return ended(gettext(sentences.whole) % {"window": words.whole})
    if words.end:
        return ended(gettext(sentences.by) % {"day": words.end})
    return ended(gettext(sentences.begin) % {"day": words.start}) if words.start and begins_ahead else ""


def _is_ahead(start: Timestamp | None, end: Timestamp | None, at: Rules) -> bool:
    begins = window_of(start, end).start
    return begins is not None and is_ahead(begins, at.now)


def silence(delivery: Delivery, at: Rules) -> str:
    """Say in a sentence how old the last news is, where that is unusual, in days as beside the status."""
    silent, news = days_of_silence(delivery, at), latest_news(delivery, at)
    min_days = at.silent_days if status_of(delivery) == "CONFIRMED" else _MIN_SILENT_DAYS
    if silent is None or silent < min_days or news is None:
        return ""
    days = days_since(news, at.now)
    return ngettext("Last update %(days)d day ago.", "Last update %(days)d days ago.", days) % {"days": days}


def rest_words(item: Item, *, is_contradicted: bool) -> str:
    """Say in a sentence what of an item is in no delivery; empty where all is."""
    if not item.deliveries:
        return gettext("Nothing to deliver.") if is_nothing_left(item) else gettext("No shipment yet.")
    left = 0 if is_contradicted else units_without_delivery(item)
    if not left:
        return ""
    return say_count(
        "%(count)d unit with no shipment yet.",
        "%(count)d units with no shipment yet.",
        left,
    )


def ended(words: str) -> str:
    """End a sentence with one stop, also after an abbreviated month, as in “29. Nov.”."""
    if words.endswith(".."):
        return words[:-1]
    return words if words.endswith((".", "…")) else f"{words}."


def capital(text: str) -> str:
    """Begin a sentence with a capital."""
    return text[:1].upper() + text[1:]
