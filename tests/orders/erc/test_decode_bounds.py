"""How much of an answer is read, and how much of it is kept in the process."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orders.erc.deadline import Deadline
from orders.erc.decode import MAX_ITEMS, decode_items_page
from tests.orders.erc.test_decode import WHOLE_ITEM, body
from tests.support.stub_erc import item, page


def test_bytes_of_an_item_that_come_again_are_the_very_same_item() -> None:
    first, second = decode_items_page(body(WHOLE_ITEM)), decode_items_page(body(WHOLE_ITEM, WHOLE_ITEM))

    assert first.items[0] is second.items[0] is second.items[1]


@pytest.mark.parametrize("fields", [{"id": 5}, {"id": "5", "quantity": 0.5}, {"id": "5", "sku": True}])
def test_item_that_is_read_field_by_field_is_kept_with_its_notices(fields: dict[str, Any]) -> None:
    raw = json.dumps({"name": "kept", **fields}).encode()

    first, second = decode_items_page(body(raw)), decode_items_page(body(b"null", raw))

    assert first.items[0] is second.items[0]
    assert [note.where for note in first.defaulted] == ["items[0].sku"] * ("sku" in fields)
    assert [note.where for note in second.defaulted] == ["items[1].sku"] * ("sku" in fields)


@pytest.mark.parametrize(("size", "is_cached"), [(16_384, True), (16_385, False), (100_000, False)])
def test_large_item_is_read_and_not_cached(size: int, is_cached: bool) -> None:
    raw = b'{"id":"1","name":"%s"}'
    raw = raw.replace(b"%s", b"n" * (size - len(raw) + 2))

    first, second = decode_items_page(body(raw)), decode_items_page(body(raw))

    assert len(raw) == size
    assert first.items == second.items
    assert (first.items[0] is second.items[0]) is is_cached


def thing(number: int, deliveries: int = 0) -> bytes:
    given = ",".join(['{"id":"d"}'] * deliveries)
    return f'{{"id":"i{number}","name":"n","deliveries":[{given}]}}'.encode()


@pytest.mark.parametrize(("count", "beyond"), [(1000, 0), (1001, 1), (3000, 2000)])
def test_items_beyond_the_bound_are_counted(count: int, beyond: int) -> None:
    decoded = decode_items_page(body(*map(thing, range(count))))

    assert (len(decoded.items), decoded.items_beyond) == (min(count, MAX_ITEMS), beyond)
    assert decoded.items[-1].id == f"i{min(count, MAX_ITEMS) - 1}"


@pytest.mark.parametrize(("count", "beyond"), [(1000, 0), (1001, 1), (50_000, 49_000)])
def test_unreadable_entries_beyond_the_bound_are_counted_and_not_looked_at(count: int, beyond: int) -> None:
    decoded = decode_items_page(body(*[b'{"id":"x"}'] * count))

    assert (len(decoded.unreadable), decoded.items_beyond) == (min(count, MAX_ITEMS), beyond)


def test_every_entry_is_shown_or_counted_where_good_and_bad_are_mixed() -> None:
    entries = [thing(number) if number % 2 else b'"bad"' for number in range(2500)]

    decoded = decode_items_page(body(*entries))

    assert len(decoded.items) + len(decoded.unreadable) + decoded.items_beyond == 2500


@pytest.mark.parametrize("spelling", ['{"id":"d"}', '{"id":5}'])
@pytest.mark.parametrize(("count", "beyond"), [(200, 0), (201, 1), (3000, 2800)])
def test_deliveries_of_an_item_beyond_the_bound_are_counted(spelling: str, count: int, beyond: int) -> None:
    raw = f'{{"id":"1","name":"n","deliveries":[{",".join([spelling] * count)}]}}'.encode()

    (read,) = decode_items_page(body(raw)).items

    assert (len(read.deliveries or ()), read.deliveries_beyond) == (min(count, 200), beyond)


def test_deliveries_beyond_the_bound_are_counted_in_a_map_as_well() -> None:
    many = {str(number): {"id": number} for number in range(203)}

    (read,) = decode_items_page(json.dumps(page(item(deliveries=many))).encode()).items

    assert (len(read.deliveries or ()), read.deliveries_beyond) == (200, 3)


def test_count_of_ours_is_not_taken_from_an_answer() -> None:
    (read,) = decode_items_page(body(b'{"id":"1","name":"n","deliveries_beyond":7}')).items
    (loose,) = decode_items_page(body(b'{"id":1,"name":"n","deliveries_beyond":7}')).items

    assert (read.deliveries_beyond, loose.deliveries_beyond) == (0, 0)


def test_answer_is_not_read_beyond_the_item_that_brings_ten_thousand_deliveries() -> None:
    decoded = decode_items_page(body(*(thing(number, deliveries=200) for number in range(60))))

    assert (len(decoded.items), decoded.items_beyond) == (50, 10)


def test_notices_end_after_a_thousand() -> None:
    deliveries = [{"carrier": True, "service_level": True} for _ in range(100)]
    content = json.dumps(page(*(item(f"i{number}", deliveries=deliveries) for number in range(20)))).encode()

    decoded = decode_items_page(content)

    assert len(decoded.defaulted) == 1000
    assert len(decoded.items) == 20


def test_reading_stops_at_the_deadline_after_the_first_hundred_entries() -> None:
    content = body(*map(thing, range(300)))

    late = decode_items_page(content, deadline=Deadline(-1))
    in_time = decode_items_page(content, deadline=Deadline(60))

    assert (len(late.items), late.items_beyond) == (100, 200)
    assert (len(in_time.items), in_time.items_beyond) == (300, 0)
