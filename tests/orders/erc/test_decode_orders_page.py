from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from orders.erc.deadline import Deadline
from orders.erc.decode_orders import decode_order, decode_orders_page, decode_recent_order
from orders.erc.errors import InvalidResponse
from orders.erc.orders import Order, OrdersPage, PriceSummary
from tests.orders.erc.test_decode_orders import WHOLE, alone, listed, order


@pytest.mark.parametrize(
    "malformed", [None, "text", 7, [], {}, {"order_number": "#1"}, {"id": None}, {"id": True}, {"id": ["1"]}]
)
def test_malformed_entry_is_counted_and_leaves_the_others(malformed: Any) -> None:
    page = decode_orders_page(listed([order("a"), malformed, order("b")]))

    assert [one.id for one in page.orders] == ["a", "b"]
    assert [one.where for one in page.unreadable] == ["orders[1]"]
    assert page.defaulted == ()


@pytest.mark.parametrize(
    "body",
    [{"_links": {}}, {"_embedded": None}, {"_embedded": {}}, {"_embedded": {"orders": None}}, {"_embedded": []}],
)
def test_page_without_orders_says_that_nothing_was_found(body: dict[str, Any]) -> None:
    assert decode_orders_page(json.dumps(body).encode()) == OrdersPage()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"null",
        b"[]",
        b"{}",
        b'{"code":"teapot","message":"no"}',
        b'{"_embedded":5}',
        b'{"_embedded":{"orders":5}}',
        b'{"_embedded":{"orders":"none"}}',
        b'{"_embedded":{"orders":[]},"_embedded":{"orders":[]}}',
        b'{"_embedded":{"orders":[{"id":"1","id":"2"}]}}',
        b'{"_embedded":{"orders":[]}',
        b'{"_embedded":{"orders":[{"id":"\xff"}]}}',
        b"[" * 100_000,
        b'{"_embedded":{"orders":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}}",
    ],
)
def test_body_of_another_shape_is_an_invalid_response(content: bytes) -> None:
    for decode in (decode_orders_page, decode_order, decode_recent_order):
        with pytest.raises(InvalidResponse):
            decode(content)


@pytest.mark.parametrize("fields", [{"order_number": "#1"}, {"id": None}, {"id": {}}, {"id": True}])
def test_order_without_an_id_is_an_invalid_response(fields: dict[str, Any]) -> None:
    for decode in (decode_order, decode_recent_order):
        with pytest.raises(InvalidResponse):
            decode(json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("orders", "ids"),
    [
        ({}, []),
        ({"3": order("a"), "1": order("b")}, ["a", "b"]),
        (order("a"), ["a"]),
        ({"0": 5, "1": order("b")}, ["b"]),
    ],
)
def test_orders_may_be_a_map_of_entries_or_one_alone(orders: Any, ids: list[str]) -> None:
    assert [read.id for read in decode_orders_page(listed(orders)).orders] == ids


@pytest.mark.parametrize(
    ("links", "cursor", "unusable"),
    [
        ({}, None, False),
        ({"next": None}, None, False),
        ({"next": {"href": ""}}, None, False),
        ({"next": {"href": "http://elsewhere.example/?cursor=a%2Bb%3D%3D"}}, "a+b==", False),
        ({"next": [{"href": "?cursor=abc"}]}, "abc", False),
        ({"next": {"href": "?cursor="}}, None, True),
        ({"next": {"href": "?page=2"}}, None, True),
        ({"next": {"href": "?cursor=" + "c" * 8001}}, None, True),
        ({"next": 5}, None, True),
    ],
)
def test_next_page_is_taken_as_a_cursor_only(links: Any, cursor: str | None, unusable: bool) -> None:
    page = decode_orders_page(listed([], _links=links))

    assert (page.next_cursor, page.next_is_unusable) == (cursor, unusable)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-le"])
def test_body_is_read_in_every_encoding_of_unicode(encoding: str) -> None:
    body = json.dumps({"_embedded": {"orders": [order(status="Größe ✓")]}}, ensure_ascii=False).encode(encoding)

    assert [read.status for read in decode_orders_page(body).orders] == ["Größe ✓"]


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_constant_that_is_no_json_costs_its_own_field_alone(constant: bytes) -> None:
    body = (
        b'{"id":"a","items_number":X,"status":"s","price_summary":{"taxes_amount":X},"custom_fields":{"a":X,"b":1}'
    )

    read = decode_order(body.replace(b"X", constant) + b"}")

    assert read.defaulted
    assert msgspec.structs.replace(read, defaulted=()) == Order(
        "a", status="s", price_summary=PriceSummary(), custom_fields={"b": 1}
    )


@pytest.mark.parametrize(("count", "beyond"), [(1000, 0), (1001, 1), (3000, 2000)])
def test_orders_beyond_the_bound_are_counted(count: int, beyond: int) -> None:
    page = decode_orders_page(listed([{"id": number} for number in range(count)]))

    assert (len(page.orders), page.beyond) == (min(count, 1000), beyond)


def test_reading_stops_at_the_deadline_after_the_first_hundred_entries() -> None:
    body = listed([{"id": number} for number in range(300)])

    late, in_time = (decode_orders_page(body, deadline=Deadline(seconds)) for seconds in (-1, 60))

    assert (len(late.orders), late.beyond) == (100, 200)
    assert (len(in_time.orders), in_time.beyond) == (300, 0)


def test_notices_end_after_a_thousand() -> None:
    page = decode_orders_page(listed([order(str(number), status=[1], brand=[1]) for number in range(900)]))

    assert (len(page.orders), len(page.defaulted)) == (900, 1000)


def test_body_that_was_checked_before_is_read_the_same() -> None:
    body = listed([order(), order("b", items_number="x")])

    assert decode_orders_page(body, is_checked=True) == decode_orders_page(body)
    assert decode_order(WHOLE, is_checked=True) == decode_order(WHOLE)


def test_field_of_ours_is_not_taken_from_an_answer() -> None:
    assert alone(defaulted=[{"where": "x", "reason": "y"}]).defaulted == ()


def test_names_of_number_and_customer_are_trusted_and_none_is_made_up() -> None:
    page = decode_orders_page(
        listed([order(customer_id="#Y1", order_number="C-1"), {"id": "O-2", "order_number": "#2"}])
    )

    assert [(read.customer_id, read.order_number) for read in page.orders] == [("#Y1", "C-1"), (None, "#2")]
