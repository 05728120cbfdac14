from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.amounts import Price
from orders.erc.decode_orders import decode_recent_order
from orders.erc.recent_order import HistoryStep, RecentOrder
from orders.erc.schema import TrackingInfo
from orders.erc.timestamps import Timestamp
from tests.orders.erc.test_decode_orders import ADDRESS, TYPED_ADDRESS, order

RECENT = {
    **order("O-1", customer_id="C-1", shipping_address=ADDRESS, brand="Arda", is_refundable=True, status="s"),
    "purchase_datetime": "2026-11-20",
    "delivery_type": "SHIPPING",
    "highlighted_item": {"id": "i-1", "name": "Kettle", "price": {"value": 10.5, "currency": "EUR"}},
    "tracking_info": {"tracking_number": "1Z9", "external_url": "https://carrier.example/1Z9"},
    "status_info": [
        {"generic_type": "HELD", "detailed_type": "IN_TRANSIT", "status_date_time": "2026-11-21T10:00:00Z"},
        {"generic_type": "DELIVERED"},
    ],
    "status_info_current_index": 1,
}


def test_most_recent_order_with_every_field_is_decoded_whole() -> None:
    read = decode_recent_order(json.dumps(RECENT).encode())

    assert (read.id, read.order_number, read.customer_id, read.brand) == ("O-1", "#O-1", "C-1", "Arda")
    assert read.purchase_datetime is not None
    assert read.purchase_datetime.value == date(2026, 11, 20)
    assert read.shipping_addresses == (TYPED_ADDRESS,)
    assert read.highlighted_item is not None
    assert (read.highlighted_item.name, read.highlighted_item.price) == ("Kettle", Price(Decimal("10.5"), "EUR"))
    assert read.tracking_info == TrackingInfo("1Z9", "https://carrier.example/1Z9")
    assert read.status_info == (
        HistoryStep("HELD", "IN_TRANSIT", Timestamp("2026-11-21T10:00:00Z")),
        HistoryStep("DELIVERED"),
    )
    assert (read.status_info_current_index, read.is_refundable, read.status) == (1, True, "s")
    assert read.defaulted == ()


def test_most_recent_order_without_anything_optional_needs_its_id_alone() -> None:
    optional = [field.name for field in msgspec.structs.fields(RecentOrder) if not field.required]

    read = decode_recent_order(json.dumps({"id": 5, **dict.fromkeys(optional)}).encode())

    assert read == RecentOrder("5")


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("highlighted_item", {"id": "i-1"}, "highlighted_item"),
        ("highlighted_item", "Kettle", "highlighted_item"),
        ("tracking_info", ["1Z9"], "tracking_info"),
        ("status_info", "DELIVERED", "status_info"),
        ("status_info", ["odd"], "status_info[0]"),
        ("status_info", [{"status_date_time": True}], "status_info[0].status_date_time"),
        ("status_info_current_index", 1.5, "status_info_current_index"),
        ("status_info_current_index", "last", "status_info_current_index"),
        ("status_info_current_index", True, "status_info_current_index"),
    ],
)
def test_part_of_a_most_recent_order_that_cannot_be_read_is_noted(name: str, given: Any, where: str) -> None:
    read = decode_recent_order(json.dumps({"id": "O-1", name: given}).encode())

    assert [note.where for note in read.defaulted] == [where]


def test_history_may_be_a_map_of_steps_or_one_alone() -> None:
    step = {"generic_type": "CONFIRMED"}

    reads = [
        decode_recent_order(json.dumps({"id": "1", "status_info": one}).encode()) for one in (step, {"0": step})
    ]

    assert [read.status_info for read in reads] == [(HistoryStep("CONFIRMED"),)] * 2
