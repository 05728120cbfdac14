"""Customer, order and most recent order: shape, both address forms, brand, and what is not found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.ercportal.demo.sandbox import shapes
from tests.ercportal.demo.sandbox.family_client import (
    CONNECTIONS,
    ROOT,
    FamilyClient,
    customer_path,
    order_path,
    orders_path,
    recent_path,
)
from tests.support.api_client import fault_fields

PEOPLE = [f"C-{number}" for number in (*range(1001, 1007), *range(2001, 2041))] + ["kunde/ä 7", "C-FAULTS"]
BUYERS = [customer_id for customer_id in PEOPLE if customer_id != "C-2017"]


def _newest(family: FamilyClient, customer_id: str) -> dict[str, Any]:
    order: dict[str, Any] = family.read(orders_path(customer_id), {"limit": "1"})["_embedded"]["orders"][0]
    return order


def _all_orders(family: FamilyClient) -> list[dict[str, Any]]:
    pages = [family.read(orders_path(buyer), {"limit": "100"}) for buyer in BUYERS]
    return [order for page in pages for order in page["_embedded"]["orders"]]


def test_customer_has_the_shape_of_the_reference(family: FamilyClient) -> None:
    customers = [family.read(customer_path(customer_id)) for customer_id in PEOPLE]

    assert [stray for customer in customers for stray in shapes.stray_fields(customer, shapes.CUSTOMER)] == []
    assert {name for customer in customers for name in customer} == shapes.field_names(shapes.CUSTOMER)
    addresses = [address for customer in customers for address in customer["addresses"]]
    assert {name for address in addresses for name in address} == shapes.field_names(shapes.ADDRESS)


def test_customer_of_connections_has_shipping_addresses(family: FamilyClient) -> None:
    here, there = (family.read(customer_path("C-1002", root=root)) for root in (ROOT, CONNECTIONS))

    assert shapes.stray_fields(there, shapes.CUSTOMER_OF_CONNECTIONS) == []
    assert there["shipping_addresses"] == here["addresses"]
    assert [address["default"] for address in here["addresses"]] == [True, False]


def test_customer_has_no_email_of_its_own(family: FamilyClient) -> None:
    assert not {"email", "emails", "phone", "phones"} & family.read(customer_path("C-1001")).keys()


def test_customer_with_one_name_has_no_last_name(family: FamilyClient) -> None:
    customer = family.read(customer_path("C-2031"))

    assert customer["first_name"] == "Thirunavukkarasu"
    assert "last_name" not in customer


def test_customer_without_orders_has_no_average(family: FamilyClient) -> None:
    assert "average_order_value" not in family.read(customer_path("C-2017"))


def test_customer_average_is_that_of_the_final_totals(family: FamilyClient) -> None:
    orders = family.read(orders_path("C-1001"))["_embedded"]["orders"]
    totals = [order["price_summary"]["final_total_amount"]["value"] for order in orders]

    average = family.read(customer_path("C-1001"))["average_order_value"]

    assert abs(average["value"] - sum(totals) / len(totals)) <= Decimal("0.005")
    assert average["currency"] == "EUR"


@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_order_is_the_listed_one_with_links(family: FamilyClient, root: str) -> None:
    listed = family.read(orders_path("C-2009", root))["_embedded"]["orders"]

    orders = [family.read(order_path("C-2009", order["id"], root)) for order in listed]

    shape = shapes.ORDER if root == ROOT else shapes.ORDER_OF_CONNECTIONS
    assert [stray for order in orders for stray in shapes.stray_fields(order, shape)] == []
    assert [{**order, "_links": None} for order in orders] == [{**order, "_links": None} for order in listed]
    assert orders[0]["_links"]["self"]["href"] == family.base_url + order_path("C-2009", listed[0]["id"], root)


def test_order_with_awkward_ids_is_found(family: FamilyClient) -> None:
    order = family.read(order_path("kunde/ä 7", "a/b#c?d%é"))

    assert (order["customer_id"], order["id"]) == ("kunde/ä 7", "a/b#c?d%é")


def test_order_totals_add_up(family: FamilyClient) -> None:
    orders = _all_orders(family)

    assert any(_amount(order, "discounts") for order in orders)
    assert any(_amount(order, "total_refunded") for order in orders)
    assert any(_amount(order, "taxes") for order in orders)
    assert any(_amount(order, "total_outstanding") for order in orders)
    for order in orders:
        extra = _amount(order, "shipping") + _amount(order, "taxes") - _amount(order, "discounts")
        spent = _amount(order, "net_payment") + _amount(order, "total_outstanding")
        assert _amount(order, "original_total") + extra == _amount(order, "final_total")
        assert spent + _amount(order, "total_refunded") == _amount(order, "final_total")
        assert len({money["currency"] for money in order["price_summary"].values()}) == 1


def _amount(order: dict[str, Any], name: str) -> Decimal:
    return Decimal(order["price_summary"][f"{name}_amount"]["value"])


def test_order_total_is_exact(family: FamilyClient) -> None:
    body = family.send(order_path("C-1004", "A-21010")).text

    assert '"original_total_amount":{"value":12345678901234578.09,' in body


def test_orders_are_in_many_currencies(family: FamilyClient) -> None:
    currencies = {_newest(family, buyer)["price_summary"]["final_total_amount"]["currency"] for buyer in BUYERS}

    assert {"EUR", "PLN", "JPY", "VND", "BRL", "SAR", "CNY", "GBP"} <= currencies


def test_payments_name_a_brand_and_mostly_four_digits(family: FamilyClient) -> None:
    cards = [order["payment_details"] for order in _all_orders(family) if "payment_details" in order]

    whole = [card for card in cards if card["card_number"].isdigit() and len(card["card_number"]) > 4]
    assert {card["card_brand"] for card in cards} >= {"Visa", "Mastercard", "American Express", "Maestro"}
    assert [card["card_number"] for card in whole] == ["4111111111114242"]


def test_order_with_a_whole_card_number_is_the_documented_one(family: FamilyClient) -> None:
    order = family.read(order_path("C-2009", "A-30074"))
    (refund,) = family.read(f"{order_path('C-2009', 'A-30074')}/items")["_embedded"]["refunds"]

    assert order["payment_details"]["card_number"] == "4111111111114242"
    assert refund["transactions"][0]["payment_detail"]["card_number"] == "4111111111114242"
    assert order["order_number"] == "#S5G5KU"


def test_statuses_are_the_shops_own_words(family: FamilyClient) -> None:
    statuses = {_newest(family, buyer)["status"] for buyer in BUYERS}

    assert {"Zugestellt", "Delivered", "fulfilled"} <= statuses
    assert not statuses & {"DELIVERED", "IN_TRANSIT", "CONFIRMED"}


def test_cancelled_order_says_so(family: FamilyClient) -> None:
    order = family.read(order_path("C-1002", "A-20815"))

    assert order["cancellation_status"] == order["status"] == "Cancelled by customer"
    assert (order["is_cancellable"], order["items_number"]) == (False, 0)


def test_new_order_can_be_cancelled_and_a_delivered_one_returned(family: FamilyClient) -> None:
    new, delivered = (family.read(order_path("C-1001", order_id)) for order_id in ("A-20790", "A-20731"))

    flags = ("is_cancellable", "is_change_shipping_address_allowed", "is_refundable", "is_returnable")
    assert [new[flag] for flag in flags] == [True, True, False, False]
    assert [delivered[flag] for flag in flags] == [False, False, True, True]


def test_order_pictures_are_served(family: FamilyClient) -> None:
    order = family.read(order_path("C-2009", "A-30074"))

    pictures = (
        order["order_extra_info"]["highlighted_item_image_url"],
        order["payment_details"]["card_brand_image_url"],
    )
    assert [family.send(picture).status_code for picture in pictures] == [200, 200]


@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_most_recent_order_has_the_shape_of_the_reference(family: FamilyClient, root: str) -> None:
    orders = [family.read(recent_path(buyer, root)) for buyer in BUYERS]

    strays = [stray for order in orders for stray in shapes.stray_fields(order, shapes.MOST_RECENT_ORDER)]
    assert strays == []
    seen = {name for order in orders for name in order}
    assert seen >= shapes.field_names(shapes.MOST_RECENT_ORDER) - {"cancellation_status"}


def test_most_recent_order_is_the_first_of_the_list(family: FamilyClient) -> None:
    assert [family.read(recent_path(buyer))["id"] for buyer in BUYERS] == [
        _newest(family, buyer)["id"] for buyer in BUYERS
    ]


def test_most_recent_order_has_a_dated_history_up_to_now(family: FamilyClient) -> None:
    for buyer in BUYERS:
        order = family.read(recent_path(buyer))

        history = order["status_info"]
        dates = [step["status_date_time"] for step in history]
        assert dates == sorted(dates)
        assert dates[0] == order["purchase_datetime"]
        assert order["status_info_current_index"] == len(history) - 1


def test_most_recent_history_names_generic_and_detailed_steps(family: FamilyClient) -> None:
    history = family.read(recent_path("C-1001"))["status_info"]

    assert [(step["generic_type"], step["detailed_type"]) for step in history] == [
        ("CONFIRMED", "CONFIRMED"),
        ("ON_ITS_WAY", "IN_TRANSIT"),
        ("OUT_FOR_DELIVERY", "OUT_FOR_DELIVERY"),
    ]


def test_most_recent_order_highlights_an_item_of_it(family: FamilyClient) -> None:
    order = family.read(recent_path("C-1001"))

    items = family.read(f"{order_path('C-1001', order['id'])}/items")["_embedded"]["items"]
    assert order["highlighted_item"] == items[0]
    assert order["tracking_info"] == items[0]["deliveries"][0]["tracking_info"]


@pytest.mark.parametrize(
    "path",
    [
        customer_path("C-9999"),
        customer_path("c-1001"),
        order_path("C-1001", "A-99999"),
        order_path("C-1002", "A-20731"),
        order_path("C-9999", "A-20731"),
        recent_path("C-9999"),
        recent_path("C-2017"),
    ],
)
def test_unknown_resource_is_not_found(family: FamilyClient, path: str) -> None:
    response = family.send(path)

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", [customer_path("C-1001"), order_path("C-1001", "A-20731"), recent_path("C-1001")])
def test_resource_of_another_brand_is_not_found(family: FamilyClient, path: str) -> None:
    own, other = (family.send(path, {"brand": brand}) for brand in ("Halden & Moor", "Tarnvik"))

    assert (own.status_code, other.status_code) == (200, 404)


@pytest.mark.parametrize("path", [customer_path("C-1001"), order_path("C-1001", "A-20731"), recent_path("C-1001")])
@pytest.mark.parametrize(
    ("params", "field"),
    [("brand=", "brand"), ("brand=a&brand=b", "brand"), ("limit=5", "limit"), ("search=a", "search")],
)
def test_resource_with_wrong_parameter_is_a_bad_request_that_names_it(
    family: FamilyClient, path: str, params: str, field: str
) -> None:
    response = family.send(path, params)

    assert response.status_code == 400
    assert fault_fields(response) == [field]
