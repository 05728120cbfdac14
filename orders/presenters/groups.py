"""Groups the items of a page by where they are, those that need attention first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orders.core.localization import gettext
from orders.presenters.grouping import Group
from orders.presenters.items import CardView


class GroupView(NamedTuple):
    """One group with its items on this page, in the order in which they came; scripts know it by its `key`."""

    key: str
    words: str
    cards: tuple[CardView, ...]


def groups(cards: Iterable[CardView]) -> tuple[GroupView, ...]:
    """Sort a page's items into all groups; the empty ones are places for the items of later pages."""
    words = {
        Group.ATTENTION: gettext("Needs attention"),
        Group.OUT: gettext("Out for delivery"),
        Group.PICKUP: gettext("Ready for pickup"),
        Group.WAY: gettext("On the way"),
        Group.OTHER: gettext("Other status"),
        Group.UNSENT: gettext("Not sent yet"),
        Group.DELIVERED: gettext("Delivered"),
        Group.NOTHING: gettext("Nothing to deliver"),
    }
    found: dict[Group, list[CardView]] = {group: [] for group in Group}
    for card in cards:
        found[card.group].append(card)
    return tuple(GroupView(group.name.lower(), words[group], tuple(found[group])) for group in Group)
