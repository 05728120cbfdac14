from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.erc.schema import Delivery, Item, Price, StatusInfo, TrackingInfo
from orders.erc.timestamps import Timestamp
from orders.presenters.deliveries import DeliveryView
from orders.presenters.items import CardView, Undelivered, card
from orders.presenters.small_cache import MAX_CACHED
from tests.support.deliveries import RULES


def item(**fields: Any) -> Item:
    return Item(**{"id": "i-1", "name": "Kettle", "price": Price(Decimal("10.10"), "EUR"), **fields})


def delivery(**fields: Any) -> DeliveryView:
    """The only delivery of a card."""
    (shown,) = card(item(deliveries=(Delivery(**{"id": "d-1", **fields}),))).deliveries
    return shown


def test_card_shows_every_field_of_an_item() -> None:
    shown = card(
        item(
            description="Boils water.",
            brand="Arda",
            image_url="https://cdn.example/k.png",
            quantity=3,
            sku="K-1",
            deliverable_quantity=1,
            refundable_quantity=2,
            custom_fields={"engraved": True},
        )
    )

    assert (shown.id, shown.name, shown.brand, shown.sku, shown.price) == (
        "i-1",
        "Kettle",
        "Arda",
        "K-1",
        "€10.10",
    )
    assert shown.picture == "https://cdn.example/k.png"
    assert shown.description is not None
    assert shown.description.short == "Boils water."
    assert shown.quantities == ("3", "1", "2")
    assert [(fact.label, fact.value.short) for fact in shown.facts] == [("engraved", "Yes")]


def test_card_of_the_required_fields_leaves_the_others_empty() -> None:
    shown = card(item())

    assert shown == CardView(
        id="i-1",
        name="Kettle",
        brand="",
        sku="",
        price="€10.10",
        picture="",
        description=None,
        quantities=shown.quantities,
        facts=(),
        deliveries=(),
        anchor=shown.anchor,
        undelivered=Undelivered("none", "No delivery yet."),
        answer="Kettle: no delivery yet.",
        flags=(),
    )
    assert shown.quantities == ("", "", "")
    assert not shown.has_counts


@pytest.mark.parametrize(
    "fields",
    [{"quantity": 0}, {"deliverable_quantity": 0}, {"refundable_quantity": 0}, {"sku": "K-1"}],
)
def test_card_has_counts_once_one_is_given_even_none_left(fields: dict[str, Any]) -> None:
    assert card(item(**fields)).has_counts


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (1, "1"), (101, "101"), (-1, "-1"), (10**12, "1" + "0" * 12)]
)
def test_count_is_shown_as_it_came(count: int, shown: str) -> None:
    assert card(item(quantity=count, deliverable_quantity=count, refundable_quantity=count)).quantities == (
        shown,
        shown,
        shown,
    )


@pytest.mark.parametrize("name", ["", "  ", "\u202e\n"])
def test_item_without_a_readable_name_is_said_to_have_none(name: str) -> None:
    assert card(item(name=name)).name == "Item without a name"


def test_price_is_that_of_the_item_and_not_multiplied() -> None:
    assert card(item(quantity=7)).price == "€10.10"


def test_hostile_text_is_made_harmless_everywhere() -> None:
    hostile = "a\u202eb\x00\nc"
    shown = card(
        item(
            id=hostile,
            name=hostile,
            brand=hostile,
            sku=hostile,
            description=hostile,
            image_url="javascript:" + hostile,
            custom_fields={hostile: hostile},
            deliveries=(
                Delivery(
                    id=hostile,
                    latest_status_info=StatusInfo(hostile, Timestamp(hostile)),
                    tracking_info=TrackingInfo(hostile, "data:text/html," + hostile),
                    last_update=Timestamp(hostile),
                    carrier=hostile,
                    delivery_type=hostile,
                    service_level=hostile,
                    description=hostile,
                    delivery_date_start=Timestamp(hostile),
                    delivery_date_end=Timestamp(hostile),
                    shipping_date=Timestamp(hostile),
                ),
            ),
        )
    )

    said = repr(shown)
    assert not [left for left in ("\\u202e", "\\x00", "\\n", "javascript:", "data:") if left in said]
    assert (shown.name, shown.deliveries[0].carrier) == ("ab c", "ab c · ab c")


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


@pytest.mark.parametrize(
    ("number", "address", "shown"),
    [
        ("#USPS 123456789", "https://usps.example/1", [("#USPS 123456789", "https://usps.example/1")]),
        ("#USPS 123456789", "http://usps.example/1", [("#USPS 123456789", "http://usps.example/1")]),
        ("1", "javascript:alert(1)", [("1", "")]),
        ("1", None, [("1", "")]),
        (" ", "https://usps.example/1", [("", "https://usps.example/1")]),
        (None, "https://usps.example/1", [("", "https://usps.example/1")]),
        ("N/A", "https://usps.example/1", [("", "https://usps.example/1")]),
        ("N/A", "https://usps.example/{tracking}", []),
        ("N/A", None, []),
        (" ", "javascript:alert(1)", []),
        ("1Z9", "https://usps.example/?n={n}", [("1Z9", "https://usps.example/?n=1Z9")]),
        ("1Z1, 1Z2; 1Z3", None, [("1Z1", ""), ("1Z2", ""), ("1Z3", "")]),
        (
            "1Z1, 1Z2",
            "https://usps.example/@",
            [("1Z1", "https://usps.example/1Z1"), ("1Z2", "https://usps.example/1Z2")],
        ),
        ("1Z1, 1Z2", "https://usps.example/1Z1", [("1Z1", "https://usps.example/1Z1"), ("1Z2", "")]),
        (
            "1Z1, 1Z2",
            "https://usps.example/all",
            [("1Z1", "https://usps.example/all"), ("1Z2", "https://usps.example/all")],
        ),
    ],
)
def test_tracking_has_its_number_and_only_a_safe_link(
    number: str | None, address: str | None, shown: list[tuple[str, str]]
) -> None:
    assert list(delivery(tracking_info=TrackingInfo(number, address)).tracking) == shown


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


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quantity": 1, "deliverable_quantity": 0}, Undelivered("nothing", "Nothing to deliver.")),
        ({"quantity": 1}, Undelivered("none", "No delivery yet.")),
    ],
)
def test_item_without_deliveries_says_whether_one_is_to_come(fields: dict[str, Any], said: Undelivered) -> None:
    assert card(item(**fields)).undelivered == said


def test_names_are_unescaped_and_descriptions_are_words() -> None:
    shown = card(
        item(
            name="Fish &amp; Chips",
            brand="Ben &amp; Jerry&#39;s",
            description="<p>Fried<br>fish</p>",
            deliveries=(Delivery(carrier="A&amp;B", description="<i>At the door</i>"),),
        )
    )

    assert (shown.name, shown.brand, shown.deliveries[0].carrier) == ("Fish & Chips", "Ben & Jerry's", "A&B")
    assert shown.description is not None
    assert (shown.description.short, shown.deliveries[0].facts[0].value.short) == ("Fried fish", "At the door")


def test_status_in_the_future_has_no_date_on_the_road() -> None:
    shown = delivery(latest_status_info=StatusInfo("DELIVERED", Timestamp("2090-01-01")))

    assert [step.reached for step in shown.steps] == [None] * 4


@pytest.mark.parametrize(
    ("price", "shown"),
    [(None, ""), (Price(Decimal("10.10")), "10.10"), (Price(Decimal("-0.00"), "EUR"), "€0.00")],
)
def test_price_may_be_missing_or_have_no_currency(price: Price | None, shown: str) -> None:
    assert card(item(price=price)).price == shown


def test_card_is_cached_unless_it_is_large() -> None:
    small, large = item(), item(description="x" * 100_000)

    assert card(small, at=RULES) is card(small, at=RULES)
    assert card(large, at=RULES) is not card(large, at=RULES)
    assert card(large, at=RULES) == card(large, at=RULES)


@pytest.mark.parametrize(
    "fields",
    [
        {"image_url": "javascript:" + "x" * MAX_CACHED},
        {"deliveries": (Delivery(tracking_info=TrackingInfo(external_url="x" * MAX_CACHED)),)},
        {"custom_fields": {str(number): "x" * 1000 for number in range(1000)}},
        {"description": "x" * MAX_CACHED},
    ],
)
def test_card_of_a_large_item_is_not_cached_with_it(fields: dict[str, Any]) -> None:
    large, small = item(**fields), item()

    assert card(large, RULES) is not card(large, RULES)
    assert card(small, RULES) is card(small, RULES)
