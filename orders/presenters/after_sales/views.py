"""The finished text of refunds and returns, and the phrases that both of them use."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from orders.core.localization import gettext, pgettext
from orders.erc.amounts import Quantity
from orders.erc.timestamps import Timestamp
from orders.lookup.attention import Rules
from orders.lookup.dates import is_ahead, value_of
from orders.presenters.dates import day_with_weekday
from orders.presenters.facts import Fact
from orders.presenters.money import price_text
from orders.presenters.quantities import say_count
from orders.presenters.text import clean, identifier, isolate
from orders.presenters.tracking import TrackingView

_AMOUNT = "%(amount)s"
_BETWEEN = " – "
# Of a code such as SIZE_TOO_SMALL. Longer texts are no codes.
_MAX_CODE = 60


class Sentence(NamedTuple):
    """A sentence around an amount, which pages mark; without one, all of it is in `before`."""

    before: str
    amount: str = ""
    after: str = ""


class LineView(NamedTuple):
    """What a refund or a return (`kind`) says of an item, for the item's own card."""

    kind: str
    id: str
    sentence: Sentence
    said: tuple[str, ...]


class EntryView(NamedTuple):
    """A refund or a return for the order's list. `sentence` is None where only its raw `fields` are known."""

    kind: str
    id: str
    sentence: Sentence | None
    said: tuple[str, ...]
    parts: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    tracking: tuple[TrackingView, ...]
    fields: tuple[Fact, ...]


class Told(NamedTuple):
    """A refund or a return: its entry in the order's list, and lines, each with the id of the item it names."""

    entry: EntryView
    lines: tuple[tuple[str, LineView], ...] = ()


def fill(pattern: str, amount: str = "", **values: str) -> Sentence:
    """Fill in a translated sentence, whose amount stays apart."""
    before, _, after = pattern.partition(_AMOUNT)
    return Sentence(before % values, amount, after % values) if amount else Sentence(before % values)


def priced(words: str, amount: str) -> Sentence:
    """Put an amount behind the words of what it is for."""
    return Sentence(f"{words}{_BETWEEN}", amount) if words and amount else Sentence(words, amount)


def named(name: str, item_id: str | None) -> str:
    """Call an item of an order by its name, else by its id."""
    return isolate(name) if name else identifier(clean(item_id or ""))


def join(*phrases: str) -> str:
    """Put phrases that stand for themselves side by side."""
    return _BETWEEN.join(filter(None, phrases))


def amount_text(amount: Decimal | None, currency: str | None) -> str:
    """Say an amount; empty where there is none."""
    return "" if amount is None else price_text(amount, currency)


def units_text(quantity: Quantity | None) -> str:
    """Say a number of units; empty where it is not known, and for none."""
    return say_count("%(count)d unit", "%(count)d units", quantity) if quantity else ""


def day_text(timestamp: Timestamp | None, at: Rules) -> str:
    """Say a past day; empty without a readable one, and for one that is still to come."""
    value = value_of(timestamp)
    return "" if value is None or is_ahead(value, at.now) else day_with_weekday(value, at.now)


def reason_text(reason: str) -> str:
    """Say a reason; a code such as SIZE_TOO_SMALL becomes words."""
    text = clean(reason)
    is_code = len(text) <= _MAX_CODE and text.isupper() and text.replace("_", "").isalnum()
    return text.replace("_", " ").capitalize() if is_code else text


def refunded(amount: str, day: str) -> Sentence:
    """Say that an amount was refunded, as far as it and the day are known."""
    if amount and day:
        return fill(gettext("%(amount)s refunded on %(day)s"), amount, day=day)
    if amount:
        return fill(gettext("%(amount)s refunded"), amount)
    return Sentence(gettext("Refunded on %(day)s") % {"day": day} if day else pgettext("of money", "Refund"))
