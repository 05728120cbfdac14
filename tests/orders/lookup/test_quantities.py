"""What the counts of an item say of its units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.erc.schema import Delivery, Quantity
from orders.lookup.quantities import (
    is_nothing_left,
    is_sent_again,
    is_waiting,
    units_never_delivered,
    units_without_delivery,
)
from tests.support.deliveries import delivery, item


def of(*counts: Quantity | None, status: str = "CONFIRMED") -> list[Delivery]:
    return [delivery(status, delivery_quantity=count) for count in counts]


@pytest.mark.parametrize(
    ("deliveries", "fields", "left", "never"),
    [
        (of(), {"quantity": 3}, 3, 0),
        (of(), {"quantity": 1, "deliverable_quantity": 0}, 0, 1),
        (of(2), {"quantity": 3}, 1, 0),
        (of(2), {"quantity": 3, "deliverable_quantity": 1}, 1, 0),
        (of(2), {"quantity": 3, "deliverable_quantity": 0}, 0, 1),
        (of(0), {"quantity": 3}, 3, 0),
        (of(5), {"quantity": 3}, 0, 0),
        (of(None), {"quantity": 3}, 0, 0),
        (of(-1), {"quantity": 3}, 0, 0),
        (of(2), {}, 0, 0),
        (of(Decimal("0.5")), {"quantity": Decimal("0.75")}, Decimal("0.25"), 0),
    ],
)
def test_units_in_no_delivery_are_to_come_or_not(
    deliveries: list[Delivery], fields: dict[str, Any], left: Quantity, never: Quantity
) -> None:
    one = item(*deliveries, **fields)

    assert (units_without_delivery(one), units_never_delivered(one)) == (left, never)


@pytest.mark.parametrize(
    ("deliveries", "fields", "waiting"),
    [
        (of(), {}, True),
        (of(), {"quantity": 1}, True),
        (of(), {"quantity": 1, "deliverable_quantity": 1}, True),
        (of(), {"quantity": 1, "deliverable_quantity": 0}, False),
        (of(), {"deliverable_quantity": 0}, False),
        (of(), {"quantity": 0}, False),
        (of(1), {"quantity": 2}, True),
        (of(1), {"quantity": 2, "deliverable_quantity": 0}, False),
        (of(2), {"quantity": 2}, False),
        (of(None), {"quantity": 2}, False),
    ],
)
def test_item_waits_while_something_of_it_is_to_be_delivered(
    deliveries: list[Delivery], fields: dict[str, Any], waiting: bool
) -> None:
    assert is_waiting(item(*deliveries, **fields)) is waiting


@pytest.mark.parametrize(
    ("deliveries", "quantity", "again"),
    [
        ([*of(1, status="FAILURE"), *of(1)], 1, True),
        ([*of(1, status="Failure"), *of(3)], 3, True),
        ([*of(2, status="FAILURE"), *of(2)], 3, False),
        (of(1, status="FAILURE"), 1, False),
        (of(1), 1, False),
        ([*of(1, status="FAILURE"), *of(1)], None, False),
    ],
)
def test_failed_units_are_sent_again_where_the_others_hold_all(
    deliveries: list[Delivery], quantity: int | None, again: bool
) -> None:
    assert is_sent_again(item(*deliveries, quantity=quantity)) is again


def test_nothing_is_left_only_where_a_count_says_so() -> None:
    assert not is_nothing_left(item())
