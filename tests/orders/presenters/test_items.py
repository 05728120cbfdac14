"""An item as its card shows it: every field, harmless, and nothing that did not come."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.erc.schema import Delivery, Price, StatusInfo, TrackingInfo
from orders.erc.timestamps import Timestamp
from orders.presenters.grouping import Group
from orders.presenters.items import CardView, Undelivered, card
from orders.presenters.small_cache import MAX_CACHED
from tests.support.cards import item
from tests.support.deliveries import RULES


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
        in_short=None,
        rest="",
        group=Group.UNSENT,
        anchor=shown.anchor,
        undelivered=Undelivered("none", "No shipment yet."),
        answer="No shipment yet.",
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


@pytest.mark.parametrize(
    ("quantity", "left", "rest"),
    [(2, None, "1 unit with no shipment yet."), (1, None, ""), (2, 0, ""), (None, None, "")],
)
def test_card_says_what_is_in_none_of_its_deliveries(quantity: int | None, left: int | None, rest: str) -> None:
    sent = Delivery(id="d", delivery_quantity=1)

    assert card(item(quantity=quantity, deliverable_quantity=left, deliveries=(sent,))).rest == rest


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**40])
def test_card_shows_whole_numbers_of_more_than_64_bits(number: int) -> None:
    shown = card(item(quantity=number, custom_fields={"reference": [number]}))

    assert (shown.quantities.ordered, shown.facts[0].value.short) == (str(number), str(number))


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


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quantity": 1, "deliverable_quantity": 0}, Undelivered("nothing", "Nothing to deliver.")),
        ({"quantity": 1}, Undelivered("none", "No shipment yet.")),
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
    assert shown.description.short == "Fried fish"
    assert shown.deliveries[0].note is not None
    assert shown.deliveries[0].note.short == "At the door"


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
