"""Statuses in whatever spelling a shop passes on."""

from __future__ import annotations

import pytest

from orders.erc.schema import Delivery, StatusInfo
from orders.lookup.conventions import STATUSES
from orders.lookup.statuses import status_code, status_of


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("in_transit", "IN_TRANSIT"),
        ("InTransit", "IN_TRANSIT"),
        (" in  transit ", "IN_TRANSIT"),
        ("Delivered", "DELIVERED"),
        ("out-for-delivery", "OUT_FOR_DELIVERY"),
        ("OUT FOR DELIVERY", "OUT_FOR_DELIVERY"),
        ("Out\N{NO-BREAK SPACE}for\N{NON-BREAKING HYPHEN}delivery", "OUT_FOR_DELIVERY"),
        ("readyForPickup", "READY_FOR_PICKUP"),
        ("picked–up", "PICKED_UP"),
        ("failure", "FAILURE"),
        ("unknown", "UNKNOWN"),
        ("HELD_AT_CUSTOMS", "HELD_AT_CUSTOMS"),
        ("Delivered to a neighbour", "Delivered to a neighbour"),
        ("TRANSIT", "TRANSIT"),
        ("", ""),
        (None, ""),
        ("delivered" + " " * 200, "delivered" + " " * 200),
    ],
)
def test_status_is_known_in_any_spelling_and_else_kept(spelling: str | None, code: str) -> None:
    assert status_code(spelling) == code


@pytest.mark.parametrize("code", STATUSES)
def test_every_code_of_the_reference_is_known_as_it_is(code: str) -> None:
    assert status_code(code) == status_code(code.lower()) == status_code(code.title().replace("_", "")) == code


@pytest.mark.parametrize(
    ("info", "code"), [(None, ""), (StatusInfo(), ""), (StatusInfo("delivered"), "DELIVERED")]
)
def test_delivery_without_a_status_has_none(info: StatusInfo | None, code: str) -> None:
    assert status_of(Delivery(latest_status_info=info)) == code
