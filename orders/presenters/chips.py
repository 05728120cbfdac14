"""What the items of a list can be narrowed to at once: what needs attention, and each status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from orders.core.localization import gettext
from orders.erc.schema import Item
from orders.lookup.statuses import status_of
from orders.presenters.statuses import summary


class Chip(NamedTuple):
    """One choice: what it narrows to, in words and tone, and the number of items that it leaves."""

    kind: str
    code: str
    words: str
    tone: str
    number: int


def chips(items: Iterable[Item], flagged: int) -> tuple[Chip, ...]:
    """List the choices, the most urgent first; “needs attention” also without items, which may come later."""
    found = Counter(code for item in items for code in {status_of(one) for one in item.deliveries or ()})
    return (
        Chip("attention", "", gettext("Needs attention"), "warn", flagged),
        *(Chip("status", *count.status, count.number) for count in summary(found)),
    )
