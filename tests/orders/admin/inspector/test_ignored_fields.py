from __future__ import annotations

import json
from typing import Any

import pytest

from orders.admin.inspector.ignored_fields import ignored_fields
from tests.support.stub_erc import item, page


def encoded(*items: Any, **more: Any) -> bytes:
    return json.dumps(page(*items, **more)).encode()


def test_ignored_fields_are_found_wherever_they_stand() -> None:
    delivery = {
        "id": "d",
        "drone": 1,
        "latest_status_info": {"type": "DELIVERED", "mood": "good"},
        "tracking_info": {"tracking_number": "1", "hub": "X"},
    }
    strange = item("a", colour="red", price={"value": 1, "currency": "EUR", "tax": 2}, deliveries=[delivery, 5])
    content = {**page(strange, None, item("b", size="L")), "count": 2}
    content["_embedded"]["sellers"] = []

    assert ignored_fields(json.dumps(content).encode()) == (
        "count",
        "_embedded.sellers",
        "items[0].colour",
        "items[0].price.tax",
        "items[0].deliveries[0].drone",
        "items[0].deliveries[0].latest_status_info.mood",
        "items[0].deliveries[0].tracking_info.hub",
        "items[2].size",
    )


def test_known_fields_are_not_ignored() -> None:
    content = page(item("a", sku="S", deliveries={"0": {"id": "d"}}), refunds=[], id="p", custom_fields={"x": 1})
    content["_embedded"] |= {"refunds": [{"any": 1}], "returns": []}
    del content["refunds"]

    assert ignored_fields(json.dumps(content).encode()) == ()


def test_ignored_fields_end_after_two_hundred() -> None:
    found = ignored_fields(encoded(*(item(f"i{number}", odd=1) for number in range(300))))

    assert (len(found), found[-1]) == (200, "items[199].odd")


def test_ignored_fields_are_looked_for_as_far_as_is_read() -> None:
    plain = [item(f"i{number}") for number in range(1000)]
    deliveries = [{"id": "d"}] * 200

    assert ignored_fields(encoded(*plain[1:], item("at", odd=1), item("beyond", odd=1))) == ("items[999].odd",)
    assert ignored_fields(encoded(item(deliveries=[*deliveries[1:], {"odd": 1}, {"odd": 1}]))) == (
        "items[0].deliveries[199].odd",
    )


@pytest.mark.parametrize(
    "deliveries", [{"0": {"id": "d", "drone": 1}}, [{"id": "d", "drone": 1}], {"id": "d", "drone": 1}]
)
def test_ignored_fields_of_a_map_of_entries_are_found(deliveries: Any) -> None:
    assert ignored_fields(encoded(item(deliveries=deliveries))) == ("items[0].deliveries[0].drone",)


def test_ignored_fields_of_a_body_with_oddities_are_found() -> None:
    content = encoded(item(odd=float("nan")))

    assert ignored_fields(b"\xef\xbb\xbf" + content) == ("items[0].odd",)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"5", b"\xff", b"[" * 100_000, b'{"_embedded":5}', b'{"_embedded":{"items":5}}'],
)
def test_body_that_is_no_page_has_no_ignored_fields(body: bytes) -> None:
    assert ignored_fields(body) == ()
