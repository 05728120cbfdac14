"""Makes the answer for an order: what needs action, else where its items stand, and never more than is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orders.core.localization import gettext
from orders.erc.schema import Item
from orders.lookup.attention import FINAL, Reasons, Rules, reasons
from orders.lookup.list_state import ListState
from orders.lookup.listing import Listing
from orders.lookup.standing import Alarm, Promise, Standing, Trouble, find_troubles, timestamps_of
from orders.lookup.statuses import is_unlisted, status_of
from orders.presenters.answers import answers, delivery_answer
from orders.presenters.attention import anchor
from orders.presenters.delivery_words import Voice, next_delivery
from orders.presenters.quantities import say_count
from orders.presenters.standings import Extent, extent_of, standing_sentences
from orders.presenters.text import isolate, plain, prose

# A page that is sparse enough for a card of each item has a line for each as well.
_MAX_CARDS = 3
_MAX_LINES = 5
_MAX_NAMES = 3


class AnswerLine(NamedTuple):
    """What the answer block says of one item: a link to it on the page, its name, the words, and their tone."""

    link: str
    name: str
    words: str
    tone: str


class OrderAnswer(NamedTuple):
    """The answer block: its first sentences, those in smaller letters, lines for single items, and its tone."""

    words: str
    more: str
    lines: tuple[AnswerLine, ...]
    tone: str


def order_answer(listing: Listing, at: Rules, because: Sequence[Reasons] | None = None) -> OrderAnswer:
    """Make the answer block of a list as far as it goes; `because` has its items' reasons where they are known."""
    if because is None:
        because = [reasons(item, at) for item in listing.items]
    after, extent = listing.after, extent_of(listing)
    placed = list(zip(listing.items, listing.places, strict=True))
    only = listing.items[0] if after.shown == 1 and len(placed) == 1 else None
    lines: tuple[AnswerLine, ...] = ()
    if only is not None:
        words, more = _only_answer(only, extent, at), _check(after)
    else:
        words, more = _of_several(after, extent, at)
        lines = tuple(_lines(placed, listing, extent, at, because))
    sentences = [one for one in (words, more, *_missing(extent)) if one]
    return OrderAnswer(sentences[0] if sentences else "", " ".join(sentences[1:]), lines, _tone(after))


def _of_several(after: ListState, extent: Extent, at: Rules) -> tuple[str, str]:
    """Say what needs action, else where the items stand; what a short order's lines tell is not said again."""
    standings, action = standing_sentences(after.standings, extent), _action(after)
    is_short = extent.is_complete and extent.items <= _MAX_CARDS
    if not action:
        words, *more = standings or ("",)
    else:
        words, more = action, [] if is_short and after.flagged == extent.items else list(standings)
    if extent.is_whole and not is_short:
        more.append(_next_delivery(after, at))
    if after.troubled:
        more.append(_check(after))
    return words, " ".join(filter(None, more))


def _only_answer(item: Item, extent: Extent, at: Rules) -> str:
    """Say how the only item stands, by its name where it may not be the order's only one."""
    told = answers(item, at).item
    if extent.is_whole:
        return told
    # Translators: %(item)s is a name, %(told)s is where it is.
    return gettext("%(item)s: %(told)s") % {"item": isolate(item_name(item)), "told": told}


def _next_delivery(after: ListState, at: Rules) -> str:
    return next_delivery(*timestamps_of(Promise(*after.promise)), at, Voice(at.now))


def _action(after: ListState) -> str:
    if not after.troubled:
        return _check(after)
    return say_count("%(count)d shipment needs action.", "%(count)d shipments need action.", after.troubled)


def _check(after: ListState) -> str:
    if not after.contradicting:
        return ""
    return say_count(
        "The quantities of %(count)d item do not add up.",
        "The quantities of %(count)d items do not add up.",
        after.contradicting,
    )


def _missing(extent: Extent) -> Iterator[str]:
    """Say which parts of the order the answer does not cover."""
    if extent.unreadable:
        yield say_count(
            "%(count)d entry could not be read.", "%(count)d entries could not be read.", extent.unreadable
        )
    if extent.beyond:
        yield say_count(
            "%(count)d more entry is not shown.", "%(count)d more entries are not shown.", extent.beyond
        )
    if extent.breaks_off:
        yield gettext("The rest of the list could not be loaded.")
    if extent.begins_later:
        yield gettext("The items before these are not counted.")
    if extent.is_narrowed and extent.items > 1:
        yield gettext("Only the items that match the filters are counted.")


def _lines(
    placed: Sequence[tuple[Item, int]], listing: Listing, extent: Extent, at: Rules, because: Sequence[Reasons]
) -> Iterator[AnswerLine]:
    places = {id(item): place for item, place in placed}
    troubles = list(find_troubles(listing.items, because))
    before = listing.before.troubled + listing.before.contradicting
    for one in troubles[: max(0, _MAX_LINES - before)]:
        yield _trouble_line(one, places[id(one.items[0])], at)
    if extent.is_complete and extent.items <= _MAX_CARDS:
        told = {id(item) for one in troubles for item in one.items}
        for item, place in placed:
            if id(item) not in told and _has_more_to_say(item):
                yield AnswerLine(_link(item, place), _names((item,)), answers(item, at).item, "")


def _trouble_line(trouble: Trouble, place: int, at: Rules) -> AnswerLine:
    item = trouble.items[0]
    words = (
        delivery_answer(trouble.delivery, trouble.items, at)
        if trouble.delivery
        else gettext("The quantities do not add up.")
    )
    tone = "bad" if trouble.alarm is Alarm.URGENT else "warn"
    return AnswerLine(_link(item, place), _names(trouble.items), words, tone)


def _has_more_to_say(item: Item) -> bool:
    """Whether an item's shipments have a window, a note or an unusual status that the summary does not tell."""
    return any(
        delivery.description
        or is_unlisted(status_of(delivery))
        or (status_of(delivery) not in FINAL and (delivery.delivery_date_start or delivery.delivery_date_end))
        for delivery in item.deliveries or ()
    )


def _link(item: Item, place: int) -> str:
    return f"#{anchor(item.id, place)}"


def _names(items: Sequence[Item]) -> str:
    names = [isolate(item_name(item)) for item in items[:_MAX_NAMES]]
    return gettext(", ").join([*names, "…"] if len(items) > _MAX_NAMES else names)


def item_name(item: Item) -> str:
    """Give an item's name for a sentence."""
    name = prose(plain(item.name))
    return name.short if name else gettext("Item without a name")


def _tone(after: ListState) -> str:
    if after.alarm:
        return "bad" if after.alarm >= Alarm.URGENT else "warn"
    present = [one for one in Standing if after.standings.get(one.value)]
    if Standing.OTHER in present:
        return "warn"
    if Standing.PICKUP in present:
        return "act"
    if {Standing.OUT, Standing.MOVING, Standing.PARTLY, Standing.DIVIDED, Standing.BEGUN} & set(present):
        return "moving"
    return "done" if present and set(present) <= {Standing.DELIVERED, Standing.COLLECTED} else "calm"
