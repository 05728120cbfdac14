"""Which deliveries are one shipment, and what is a tracking number at all."""

from __future__ import annotations

import pytest

from orders.erc.schema import Delivery, Item, StatusInfo, TrackingInfo
from orders.lookup.shipments import shipment_key, status_counts, tracking_numbers


def delivery(number: str | None, status: str = "IN_TRANSIT", name: str = "D-1") -> Delivery:
    return Delivery(id=name, latest_status_info=StatusInfo(status), tracking_info=TrackingInfo(number))


def items(*numbers: str | None) -> tuple[Item, ...]:
    return tuple(
        Item(id=f"i{index}", name="Kettle", deliveries=(delivery(number),)) for index, number in enumerate(numbers)
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N/A",
            "n.a.",
            "#N/A",
            "-",
            "--",
            "–",
            "?",
            "none",
            "NONE",
            " None ",
            "null",
            "0",
            "0000",
            "00-00",
            "000 000",
        ),
        *("unknown", "TBD", "tba", "undefined", "Not available", "not_available", "pending", "xxx", "XXXXXXXX"),
        *("k. A.", "n/d", "s/n", "sin número", "inconnu", "لا يوجد", "NaN", "No tracking", "{{tracking_number}}"),
        *("", " ", "\n", None, "N/A, -; none"),
    ],
)
def test_word_for_none_is_no_tracking_number(text: str | None) -> None:
    assert tracking_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("#USPS 123456789", ("#USPS 123456789",)),
        ("1Z 99", ("1Z 99",)),
        ("1Z 999 AA1 01 2345 6784", ("1Z 999 AA1 01 2345 6784",)),
        ("1", ("1",)),
        ("00340434161094021501", ("00340434161094021501",)),
        ("AB/12", ("AB/12",)),
        ("1Z1, 1Z2; 1Z3", ("1Z1", "1Z2", "1Z3")),
        ("1Z1, 1Z2, 1z-1", ("1Z1", "1Z2")),
        ("1Z1\n1Z2\r\n1Z3", ("1Z1", "1Z2", "1Z3")),
        ("1Z1|1Z2", ("1Z1", "1Z2")),
        ("1Z1 / 1Z2 & 1Z3", ("1Z1", "1Z2", "1Z3")),
        ("1Z1、1Z2", ("1Z1", "1Z2")),
        ("1Z1,1z-1,1Z2", ("1Z1", "1Z2")),
        ("N/A, 1Z1,", ("1Z1",)),
        ("1Z999AA10123456784 1Z999AA10123456795", ("1Z999AA10123456784", "1Z999AA10123456795")),
        ("123456789 1Z999AA10123456795", ("123456789 1Z999AA10123456795",)),
        ("Nordparcel 1Z999AA10123456795", ("Nordparcel 1Z999AA10123456795",)),
    ],
)
def test_field_holds_one_number_or_several(text: str, numbers: tuple[str, ...]) -> None:
    assert tracking_numbers(text) == numbers


@pytest.mark.parametrize(("count", "numbers"), [(50, 50), (51, 1), (100_000, 1)])
def test_field_of_too_many_numbers_is_one(count: int, numbers: int) -> None:
    text = ",".join(f"1Z{number}" for number in range(count))

    assert len(tracking_numbers(text)) == numbers
    assert ",".join(tracking_numbers(text)) == text


@pytest.mark.parametrize("separator", [" ", ", ", "\n"])
def test_field_of_too_many_numbers_is_one_whatever_stands_between(separator: str) -> None:
    text = separator.join(f"003404341610940{number:05}" for number in range(60))

    assert tracking_numbers(text) == (text,)


@pytest.mark.parametrize("others", ["1Z-9 9", "1z99", "1Z 99"])
def test_shipment_is_told_by_its_number_in_any_spelling(others: str) -> None:
    assert shipment_key(delivery("1Z99", name="D-1")) == shipment_key(delivery(others, name="D-2")) != ""


def test_shipment_of_several_numbers_is_the_same_in_any_order() -> None:
    assert (
        shipment_key(delivery("1Z1, 1Z2")) == shipment_key(delivery("1Z2; 1Z1")) != shipment_key(delivery("1Z1"))
    )


@pytest.mark.parametrize("one", [Delivery(id="D-1"), delivery(None), delivery("N/A")])
def test_shipment_without_a_number_is_told_by_nothing(one: Delivery) -> None:
    assert shipment_key(one) == ""


def test_shipment_of_three_items_is_counted_once() -> None:
    counts, marks = status_counts(items("1Z1", "1Z1", "1z 1"))

    assert (counts, len(marks)) == ({"IN_TRANSIT": 1}, 1)


def test_shipment_that_an_earlier_page_counted_is_not_counted_again() -> None:
    _, marks = status_counts(items("1Z1"))

    counts, new = status_counts(items("1Z1", "1Z2"), marks)

    assert (counts, len(new)) == ({"IN_TRANSIT": 1}, 1)


@pytest.mark.parametrize("number", ["N/A", None])
def test_deliveries_without_a_number_are_counted_each(number: str | None) -> None:
    assert status_counts(items(number, number)) == ({"IN_TRANSIT": 2}, [])


def test_shipment_with_two_statuses_is_told_at_both() -> None:
    one = Item(id="i", name="n", deliveries=(delivery("1Z1"), delivery("1Z1", "Delivered")))

    assert status_counts([one])[0] == {"IN_TRANSIT": 1, "DELIVERED": 1}


def test_item_without_deliveries_counts_nothing() -> None:
    assert status_counts([Item(id="i", name="n")]) == ({}, [])
