from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from orders.core.localization import use_display
from orders.erc.addresses import Address
from orders.erc.amounts import Price
from orders.erc.orders import Order, PriceSummary
from orders.erc.recent_order import RecentOrder
from orders.erc.timestamps import Timestamp
from orders.presenters.order_facts import (
    Line,
    address_lines,
    addresses,
    delivery_type_text,
    final_total,
    place_text,
    possible_lines,
    purchase,
    status_lines,
    total_lines,
)

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
INES = Address(
    first_name="Ines",
    last_name="Duarte",
    phone_number="+351910000001",
    address="Rua do Alecrim 12",
    zip_code="1200-018",
    city="Lisboa",
    region_code="PT-11",
    country_code="PT",
)


@pytest.mark.parametrize(
    ("raw", "day", "age"),
    [
        ("2026-11-19T09:15:00Z", "Thu, Nov 19", "8 days ago"),
        ("2025-11-19T09:15:00Z", "Wed, Nov 19, 2025", "12 months ago"),
        ("2026-11-27T00:15:00Z", "Fri, Nov 27", "today"),
        ("2026-11-26", "Thu, Nov 26", "yesterday"),
        ("2027-01-04T09:15:00Z", "Mon, Jan 4, 2027", ""),
        ("next <b>week</b>", "next <b>week</b>", ""),
        ("9" * 5000, "9" * 120 + "…", ""),
    ],
    ids=["this year", "last year", "today", "a day", "to come", "words", "very long"],
)
def test_day_of_the_purchase_has_its_weekday_and_age_or_stays_as_it_came(raw: str, day: str, age: str) -> None:
    shown = purchase(Order(id="O-1", purchase_datetime=Timestamp(raw)), NOW)

    assert shown.day
    assert (shown.day.text, shown.age) == (day, age)


@pytest.mark.parametrize("raw", [None, "0001-01-01T00:00:00Z"])
def test_purchase_without_a_day_says_nothing(raw: str | None) -> None:
    shown = purchase(Order(id="O-1", purchase_datetime=Timestamp(raw) if raw else None), NOW)

    assert shown == (None, "")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (INES, "Ines Duarte, Lisboa"),
        (Address(city="Lisboa"), "Lisboa"),
        (Address(last_name="Duarte"), "Duarte"),
        (Address(first_name="  \u202eInes\n", last_name="&amp;Co"), "Ines &Co"),
        (Address(address="Rua do Alecrim 12"), ""),
        (Address(), ""),
    ],
    ids=["both", "a town", "a name", "marks", "a street alone", "nothing"],
)
def test_place_is_the_name_and_the_town(address: Address, place: str) -> None:
    assert place_text(address) == place


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (INES, ("Ines Duarte", "Rua do Alecrim 12", "1200-018 Lisboa", "Portugal", "+351910000001")),
        (
            Address(address="1 Main St", city="Oakland", region_code="US-CA", zip_code="94601", country_code="us"),
            ("1 Main St", "Oakland, CA 94601", "United States"),
        ),
        (Address(city="Roma", region_code="IT-RM", zip_code="00184"), ("00184 Roma, IT-RM",)),
        (Address(city="Toronto", region_code="Ontario", country_code="CA"), ("Toronto, Ontario", "Canada")),
        (Address(country_code="Atlantis"), ("Atlantis",)),
        (Address(zip_code="1200-018"), ("1200-018",)),
        (Address(region_code="BR-SP", country_code="BR"), ("SP", "Brazil")),
        (Address(id="adr-1", default=True), ()),
    ],
    ids=["whole", "code last", "no country", "a region’s name", "no code", "a zip", "a region", "nothing"],
)
def test_address_is_written_as_far_as_it_is_known(address: Address, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


def test_country_is_named_in_the_language_of_the_page() -> None:
    with translation.override("de"), use_display():
        lines = address_lines(Address(country_code="GR"))

    assert lines == ("Griechenland",)


def test_addresses_that_say_nothing_are_left_out_and_their_number_is_bounded() -> None:
    order = Order(id="O-1", shipping_addresses=(Address(id="adr-1"), *[INES] * 50))

    assert addresses(order) == (INES,) * 9


def test_each_total_is_exact_and_in_its_own_currency() -> None:
    totals = PriceSummary(
        original_total_amount=Price(Decimal("12345678901234567.89"), "EUR"),
        discounts_amount=Price(Decimal("-0.1"), "USD"),
        shipping_amount=Price(Decimal(500), "JPY"),
        taxes_amount=Price(Decimal("1.234"), "KWD"),
        final_total_amount=Price(Decimal("10.10"), "XTS-1"),
        net_payment_amount=Price(Decimal("10.10")),
        total_outstanding_amount=Price(Decimal(0), "GBP"),
        total_refunded_amount=Price(Decimal("0.001"), "BRL"),
    )

    lines = total_lines(totals)

    assert lines == (
        Line("Original total", "€12,345,678,901,234,567.89"),
        Line("Discounts", "-$0.10"),
        Line("Shipping", "¥500"),
        Line("Taxes", "KWD\xa01.234"),
        Line("Final total", "XTS-1\xa010.10"),
        Line("Net payment", "10.10"),
        Line("Outstanding", "£0.00"),
        Line("Refunded", "R$0.001"),
    )


def test_totals_that_are_not_given_are_no_lines() -> None:
    given = PriceSummary(final_total_amount=Price(Decimal(14), "EUR"))

    assert [line.label for line in total_lines(given)] == ["Final total"]
    assert total_lines(None) == ()
    assert final_total(Order(id="O-1", price_summary=given)) == "€14.00"
    assert final_total(Order(id="O-1", price_summary=PriceSummary())) == ""
    assert final_total(RecentOrder(id="O-1")) == ""


def test_each_status_is_the_shops_own_text_once_with_all_that_it_is_said_of() -> None:
    order = Order(
        id="O-1",
        status="Dispatched",
        delivery_status="PARTLY_DONE",
        fulfillment_status="partly_done",
        payment_status="\u202epaid <b>",
        return_status="x" * 200,
        cancellation_status=" \n",
    )

    assert status_lines(order) == (
        Line("", "Dispatched"),
        Line("Delivery, Fulfillment", "PARTLY_DONE"),
        Line("Payment", "paid <b>"),
        Line("Return", "x" * 120 + "…"),
    )


def test_only_what_the_flags_say_is_possible_or_not() -> None:
    order = Order(id="O-1", is_cancellable=True, is_returnable=False, is_change_shipping_address_allowed=True)

    assert possible_lines(order) == (
        Line("Still possible", "Cancellation, Change of address"),
        Line("Not possible", "Return"),
    )
    assert possible_lines(Order(id="O-1")) == ()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("SHIPPING", "Shipping"),
        ("local_pickup", "Pickup"),
        ("LOCAL_DELIVERY", "Local delivery"),
        ("UNKNOWN", ""),
        ("DRONE", "DRONE"),
        (None, ""),
    ],
)
def test_delivery_type_is_in_words_or_as_it_came(given: str | None, shown: str) -> None:
    assert delivery_type_text(Order(id="O-1", delivery_type=given)) == shown
