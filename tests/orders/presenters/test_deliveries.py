"""The deliveries of an item as its card shows them: what is promised, what is known, and the road between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.erc.schema import Delivery, StatusInfo, TrackingInfo
from orders.erc.timestamps import Timestamp
from orders.presenters.items import card
from tests.support.cards import delivery, item


def test_deliveries_are_numbered_only_where_there_are_more() -> None:
    one = card(item(deliveries=(Delivery(id="d"),)))
    three = card(item(deliveries=tuple(Delivery(id=f"d-{number}") for number in range(3))))

    assert [shown.title for shown in one.deliveries] == ["Delivery"]
    assert [shown.title for shown in three.deliveries] == ["Delivery 1 of 3", "Delivery 2 of 3", "Delivery 3 of 3"]


@pytest.mark.parametrize(
    ("quantity", "units"),
    [(None, ""), (0, ""), (Decimal("0.5"), "0.5 units"), (1, "1 unit"), (2, "2 units")],
)
def test_delivery_says_how_many_units_it_holds(quantity: int | None, units: str) -> None:
    assert delivery(delivery_quantity=quantity).units == units


@pytest.mark.parametrize(
    ("carrier", "service_level", "shown"),
    [("USPS", "Express", "USPS · Express"), ("USPS", None, "USPS"), (None, "Express", "Express"), (" ", "", "")],
)
def test_carrier_and_service_stand_together(carrier: str | None, service_level: str | None, shown: str) -> None:
    assert delivery(carrier=carrier, service_level=service_level).carrier == shown


@pytest.mark.parametrize(
    ("start", "end", "words", "texts"),
    [
        ("2021-10-24", "2021-10-25", "Promised", ["Oct 24, 2021", "Oct 25, 2021"]),
        ("2021-10-24", "2021-10-24", "Promised", ["Oct 24, 2021"]),
        ("2021-10-24T08:00:00.100Z", "2021-10-24T08:00:00.900Z", "Promised", ["Oct 24, 2021, 08:00 UTC"]),
        ("2021-10-24", None, "Promised from", ["Oct 24, 2021"]),
        ("2021-10-24", " ", "Promised from", ["Oct 24, 2021"]),
        (None, "2021-10-25", "Promised by", ["Oct 25, 2021"]),
        ("", "2021-10-25", "Promised by", ["Oct 25, 2021"]),
        ("next week", None, "Promised from", ["next week"]),
    ],
)
def test_promise_says_which_ends_of_it_are_known(
    start: str | None, end: str | None, words: str, texts: list[str]
) -> None:
    promised = delivery(
        delivery_date_start=None if start is None else Timestamp(start),
        delivery_date_end=None if end is None else Timestamp(end),
    ).promised

    assert promised is not None
    assert (promised[0], [moment.text for moment in promised[1]]) == (words, texts)


@pytest.mark.parametrize("blank", [None, Timestamp(" ")])
def test_no_promise_is_made_where_none_was(blank: Timestamp | None) -> None:
    assert delivery(delivery_date_start=blank, delivery_date_end=blank).promised is None


def test_delivery_without_details_has_no_status_and_claims_nothing() -> None:
    shown = delivery()

    assert shown.status.words == "No status yet"
    assert (shown.tracking, shown.promised, shown.shipped, shown.updated, shown.facts) == (
        (),
        None,
        None,
        None,
        (),
    )
    assert {(step.hint, step.reached) for step in shown.steps} == {("not known", None)}


def test_delivery_shows_when_it_was_shipped_and_updated() -> None:
    shown = delivery(shipping_date=Timestamp("2021-10-22"), last_update=Timestamp("2021-10-23T13:00:00Z"))

    assert shown.shipped == ("Oct 22, 2021", "2021-10-22")
    assert shown.updated == ("Oct 23, 2021, 13:00 UTC", "2021-10-23T13:00:00+00:00")


def test_delivery_shows_its_newer_details_and_a_zero_among_them() -> None:
    shown = delivery(delivery_type="HOME", description="Left at the door", returnable_quantity=0)

    assert [(fact.label, fact.value.short) for fact in shown.facts] == [
        ("Delivery type", "HOME"),
        ("Note", "Left at the door"),
        ("Can be returned", "0"),
    ]


STATUSES = [
    "UNKNOWN",
    "ATTEMPTED_DELIVERY",
    "READY_FOR_PICKUP",
    "PICKED_UP",
    "CONFIRMED",
    "IN_TRANSIT",
    "OUT_FOR_DELIVERY",
    "DELIVERED",
    "FAILURE",
    "HELD_AT_CUSTOMS",
]


@pytest.mark.parametrize("delivery_type", [None, "PICKUP"])
@pytest.mark.parametrize("status", STATUSES)
def test_the_one_known_date_stands_at_the_latest_status_only(status: str, delivery_type: str | None) -> None:
    reached = Timestamp("2021-10-23T12:16:50.078Z")

    shown = delivery(latest_status_info=StatusInfo(status, reached), delivery_type=delivery_type)

    dated = [(step.words, step.place, step.hint) for step in shown.steps if step.reached]
    assert dated == [(shown.status.words, "now", "latest status")]


@pytest.mark.parametrize("status", STATUSES)
def test_no_date_is_invented_where_none_was_given(status: str) -> None:
    shown = delivery(latest_status_info=StatusInfo(status), last_update=Timestamp("2021-10-23"))

    assert [step.reached for step in shown.steps] == [None] * len(shown.steps)


def test_steps_say_where_they_lie() -> None:
    shown = delivery(latest_status_info=StatusInfo("IN_TRANSIT"))

    assert [(step.words, step.place, step.hint) for step in shown.steps] == [
        ("Confirmed", "before", "usually before"),
        ("In transit", "now", "latest status"),
        ("Out for delivery", "after", "usually still to come"),
        ("Delivered", "after", "usually still to come"),
    ]


def parcels(*deliveries: Delivery) -> list[str]:
    """The parcels that the deliveries of one item each are in."""
    return [
        shown.parcel
        for number, one in enumerate(deliveries)
        for shown in card(item(id=f"i-{number}", deliveries=(one,))).deliveries
    ]


def tracked(number: str | None, name: str | None = None) -> Delivery:
    return Delivery(id=name, tracking_info=TrackingInfo(number))


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (tracked("1Z 9", "a"), tracked("1z9"), True),
        (Delivery(id="a"), Delivery(id="a"), True),
        (tracked("1", "a"), tracked("2", "a"), False),
        (tracked("N/A", "a"), tracked("N/A", "b"), False),
        (tracked("-"), tracked("-"), False),
        (Delivery(), Delivery(), False),
    ],
)
def test_deliveries_are_in_one_parcel_by_number_or_id(first: Delivery, second: Delivery, is_one: bool) -> None:
    one, other = parcels(first, second)

    assert (one == other) is is_one


def test_parcel_is_named_by_no_text_that_came() -> None:
    assert parcels(Delivery(id='">'))[0].isalnum()


def test_status_in_the_future_has_no_date_on_the_road() -> None:
    shown = delivery(latest_status_info=StatusInfo("DELIVERED", Timestamp("2090-01-01")))

    assert [step.reached for step in shown.steps] == [None] * 4
