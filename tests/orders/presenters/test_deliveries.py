"""The deliveries of an item as its card shows them: what is promised, what is known, and the road between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.erc.schema import Delivery, StatusInfo, TrackingInfo
from orders.erc.timestamps import Timestamp
from orders.presenters.items import card
from tests.support import deliveries
from tests.support.cards import delivery, item


def test_deliveries_are_numbered_only_where_there_are_more() -> None:
    one = card(item(deliveries=(Delivery(id="d"),)))
    three = card(item(deliveries=tuple(Delivery(id=f"d-{number}") for number in range(3))))

    assert [shown.title for shown in one.deliveries] == ["Shipment"]
    assert [shown.title for shown in three.deliveries] == ["Shipment 1 of 3", "Shipment 2 of 3", "Shipment 3 of 3"]


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
        ("2091-10-24", "2091-10-25", "Expected", ["Wed, Oct 24, 2091", "Thu, Oct 25, 2091"]),
        ("2091-10-24", "2091-10-24", "Expected", ["Wed, Oct 24, 2091"]),
        ("2091-10-24T08:00:00.100Z", "2091-10-24T08:00:00.900Z", "Expected", ["Wed, Oct 24, 2091, 08:00"]),
        ("2091-10-24T08:00:00Z", "2091-10-24T12:00:00Z", "Expected", ["Wed, Oct 24, 2091, 08:00", "12:00"]),
        ("2091-10-24", None, "Expected from", ["Wed, Oct 24, 2091"]),
        ("2091-10-24", " ", "Expected from", ["Wed, Oct 24, 2091"]),
        (None, "2091-10-25", "Expected by", ["Thu, Oct 25, 2091"]),
        ("", "2091-10-25", "Expected by", ["Thu, Oct 25, 2091"]),
        ("2021-10-24", "2021-10-25", "Was expected by", ["Mon, Oct 25, 2021"]),
        ("next week", None, "Expected from", ["next week"]),
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
    assert (promised.label, [end.text for end in (promised.first, promised.last) if end]) == (words, texts)


@pytest.mark.parametrize(
    ("status", "labels"),
    [
        (
            "READY_FOR_PICKUP",
            ("Can be collected", "Can be collected from", "Can be collected until", "Could be collected until"),
        ),
        (
            "ATTEMPTED_DELIVERY",
            (
                "Next delivery attempt",
                "Next delivery attempt from",
                "Next delivery attempt by",
                "Next delivery attempt was expected by",
            ),
        ),
        ("HELD_AT_CUSTOMS", ("Expected", "Expected from", "Expected by", "Was expected by")),
    ],
)
def test_window_is_called_what_it_is_at_the_status(status: str, labels: tuple[str, ...]) -> None:
    windows = [("2091-10-24", "2091-10-25"), ("2091-10-24", None), (None, "2091-10-25"), (None, "2021-10-25")]

    promised = [
        delivery(
            latest_status_info=StatusInfo(status),
            delivery_date_start=Timestamp(start) if start else None,
            delivery_date_end=Timestamp(end) if end else None,
        ).promised
        for start, end in windows
    ]

    assert tuple(one.label for one in promised if one) == labels


@pytest.mark.parametrize("status", ["FAILURE", "LOST", "cancelled", "Returned to sender"])
def test_nothing_is_promised_of_what_does_not_arrive_any_more(status: str) -> None:
    shown = delivery(latest_status_info=StatusInfo(status), delivery_date_end=Timestamp("2091-10-24"))

    assert (shown.promised, [entry.label for entry in shown.dates]) == (None, ["Was expected by"])


def test_window_without_an_end_is_no_promise_once_it_has_begun() -> None:
    shown = delivery(latest_status_info=StatusInfo("IN_TRANSIT"), delivery_date_start=Timestamp("2021-10-24"))

    assert (shown.promised, [entry.label for entry in shown.dates]) == (None, ["Expected from"])


@pytest.mark.parametrize("blank", [None, Timestamp(" ")])
def test_no_promise_is_made_where_none_was(blank: Timestamp | None) -> None:
    assert delivery(delivery_date_start=blank, delivery_date_end=blank).promised is None


def test_delivery_without_details_has_no_status_and_claims_nothing() -> None:
    shown = delivery()

    assert shown.status.words == "No status yet"
    assert (shown.tracking, shown.promised, shown.dates, shown.facts) == ((), None, (), ())
    assert (shown.steps.now, {step.hint for step in shown.steps.after}) == (None, {"not known"})


def test_delivery_shows_when_it_was_shipped_and_updated() -> None:
    shown = delivery(shipping_date=Timestamp("2021-10-22"), last_update=Timestamp("2021-10-23T13:00:00Z"))

    assert shown.dates == (
        ("Shipped", ("Fri, Oct 22, 2021", "2021-10-22"), None),
        ("Last update", ("Sat, Oct 23, 2021, 13:00", "2021-10-23T13:00:00+00:00"), None),
    )


def test_day_that_is_still_to_come_is_no_day_of_shipping_and_no_update() -> None:
    shown = delivery(shipping_date=Timestamp("2091-10-22"), last_update=Timestamp("2091-10-21T13:00:00Z"))

    assert shown.dates == (("Shipping expected", ("Mon, Oct 22, 2091", "2091-10-22"), None),)


def test_last_update_that_is_the_status_is_not_said_again() -> None:
    status = StatusInfo("IN_TRANSIT", Timestamp("2021-10-23T13:00:20Z"))

    shown = delivery(latest_status_info=status, last_update=Timestamp("2021-10-23T13:00:40Z"))

    assert shown.dates == ()


def test_promise_of_what_has_arrived_is_no_promise_any_more() -> None:
    shown = delivery(latest_status_info=StatusInfo("DELIVERED"), delivery_date_end=Timestamp("2091-10-24"))

    assert (shown.promised, [entry.label for entry in shown.dates]) == (None, ["Expected by"])


def test_delivery_shows_its_newer_details_and_a_zero_among_them() -> None:
    shown = delivery(delivery_type="HOME", description="Left at the door", returnable_quantity=0)

    assert [(fact.label, fact.value.short) for fact in shown.facts] == [
        ("Delivery type", "HOME"),
        ("Returnable units", "0"),
    ]
    assert shown.note is not None
    assert shown.note.short == "Left at the door"


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
def test_the_one_known_date_is_that_of_the_latest_status(status: str, delivery_type: str | None) -> None:
    reached = Timestamp("2021-10-23T12:16:50.078Z")

    shown = delivery(latest_status_info=StatusInfo(status, reached), delivery_type=delivery_type)

    assert shown.reached is not None
    assert shown.reached.when == ("Sat, Oct 23, 2021, 12:16", "2021-10-23T12:16:50+00:00")
    assert shown.reached.age.endswith("years ago")
    assert shown.steps.now == (shown.status.words, "now", "latest status")


@pytest.mark.parametrize("status", STATUSES)
def test_no_date_is_invented_where_none_was_given(status: str) -> None:
    shown = delivery(latest_status_info=StatusInfo(status), last_update=Timestamp("2021-10-23"))

    assert shown.reached is None


def test_steps_say_where_they_lie() -> None:
    shown = delivery(latest_status_info=StatusInfo("IN_TRANSIT"))

    assert shown.steps == (
        (("Confirmed", "before", "usually earlier"),),
        ("In transit", "now", "latest status"),
        (
            ("Out for delivery", "after", "usually still to come"),
            ("Delivered", "after", "usually still to come"),
        ),
    )


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


def test_status_in_the_future_has_no_date() -> None:
    shown = delivery(latest_status_info=StatusInfo("DELIVERED", Timestamp("2090-01-01")))

    assert shown.reached is None


def test_status_of_a_day_that_is_still_to_come_has_no_date() -> None:
    """Where the day begins first, it may have begun; for the agent it is tomorrow."""
    (view,) = card(deliveries.item(deliveries.delivery("DELIVERED", "2026-09-11")), deliveries.RULES).deliveries

    assert view.reached is None


def test_promise_that_passed_today_has_its_day() -> None:
    one = deliveries.delivery(
        "IN_TRANSIT", delivery_date_start="2026-09-10T06:00:00Z", delivery_date_end="2026-09-10T08:00:00Z"
    )

    (view,) = card(deliveries.item(one), deliveries.RULES).deliveries

    assert view.promised is not None
    assert (view.promised.label, view.promised.first.text) == ("Was expected by", "Thu, Sep 10, 08:00")


def test_card_and_answer_say_the_same_day_of_a_status_that_was_another_one_elsewhere() -> None:
    sent = deliveries.delivery("IN_TRANSIT", "2026-09-05T01:00:00+09:00")

    shown = card(deliveries.item(sent), deliveries.RULES)

    (reached,) = (one.reached for one in shown.deliveries)
    assert reached is not None
    assert (reached.when.text, reached.age) == ("Fri, Sep 4, 16:00", "6 days ago")
    assert shown.answer.startswith("In transit since Fri, Sep 4 (6 days ago).")
