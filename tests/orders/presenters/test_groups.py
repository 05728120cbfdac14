"""Items in groups: by what is most urgent of each, in the order in which they came."""

from __future__ import annotations

from typing import Any

import pytest

from orders.erc.schema import Delivery, StatusInfo
from orders.presenters.grouping import Group, group_of
from orders.presenters.groups import groups
from orders.presenters.items import card
from tests.support.cards import item


def at(*statuses: str, **fields: Any) -> Group:
    """The group of an item with deliveries at these statuses."""
    deliveries = tuple(Delivery(latest_status_info=StatusInfo(status), delivery_quantity=1) for status in statuses)
    return group_of(item(deliveries=deliveries, **fields), is_flagged=False)


@pytest.mark.parametrize(
    ("statuses", "group"),
    [
        (["OUT_FOR_DELIVERY"], Group.OUT),
        (["READY_FOR_PICKUP"], Group.PICKUP),
        (["IN_TRANSIT"], Group.WAY),
        (["in transit"], Group.WAY),
        (["CONFIRMED"], Group.UNSENT),
        (["DELIVERED"], Group.DELIVERED),
        (["PICKED_UP"], Group.DELIVERED),
        (["UNKNOWN"], Group.OTHER),
        (["HELD_AT_CUSTOMS"], Group.OTHER),
        ([""], Group.OTHER),
        (["DELIVERED", "IN_TRANSIT"], Group.WAY),
        (["DELIVERED", "CONFIRMED", "OUT_FOR_DELIVERY"], Group.OUT),
        ([], Group.UNSENT),
    ],
)
def test_group_is_that_of_the_most_urgent_delivery(statuses: list[str], group: Group) -> None:
    assert at(*statuses) is group


def test_item_with_units_in_no_delivery_is_not_delivered() -> None:
    assert at("DELIVERED", quantity=2) is Group.UNSENT


def test_item_of_which_nothing_is_to_be_delivered_is_not_unsent() -> None:
    assert at(deliverable_quantity=0) is Group.NOTHING


def test_flagged_item_needs_attention_whatever_its_status() -> None:
    assert group_of(item(), is_flagged=True) is Group.ATTENTION


def test_groups_keep_the_order_in_which_items_came_and_are_all_there() -> None:
    delivered = (Delivery(latest_status_info=StatusInfo("DELIVERED")),)
    cards = [card(item(id=name, deliveries=delivered if name in "bd" else ())) for name in "abcd"]

    found = {group.key: [shown.id for shown in group.cards] for group in groups(cards)}

    assert found == {
        **{key: [] for key in ("attention", "out", "pickup", "way", "other", "nothing")},
        "unsent": ["a", "c"],
        "delivered": ["b", "d"],
    }
