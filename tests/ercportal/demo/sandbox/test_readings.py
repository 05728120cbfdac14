"""Where the reference has two readings, a customer shows the rarer one, and all others the usual one."""

from __future__ import annotations

from typing import Any

import pytest

from ercportal.demo.sandbox.catalogue.readings import READINGS
from tests.ercportal.demo.sandbox.family_client import (
    CONNECTIONS,
    CUSTOMERS,
    ORDERS,
    ROOT,
    FamilyClient,
    customer_path,
    order_path,
    orders_path,
    recent_path,
)


def _orders(family: FamilyClient, customer_id: str, root: str = ROOT) -> list[dict[str, Any]]:
    orders: list[dict[str, Any]] = family.read(orders_path(customer_id, root))["_embedded"]["orders"]
    return orders


@pytest.mark.parametrize("customer_id", READINGS)
def test_customer_of_a_reading_is_found_and_has_orders(family: FamilyClient, customer_id: str) -> None:
    assert family.search(ids=customer_id) == [customer_id]
    assert len(_orders(family, customer_id)) >= 1
    assert READINGS[customer_id].about


def test_addresses_have_the_form_of_the_other_path(family: FamilyClient) -> None:
    here, there = (_orders(family, "C-3001", root)[0] for root in (ROOT, CONNECTIONS))

    assert here["shipping_addresses"] == [there["shipping_address"]]
    assert "shipping_addresses" in family.read(customer_path("C-3001"))
    assert "addresses" in family.read(customer_path("C-3001", root=CONNECTIONS))


def test_swapped_fields_hold_each_others_texts(family: FamilyClient) -> None:
    order = _orders(family, "C-3002")[0]

    assert order["order_number"] == "C-3002"
    assert order["customer_id"].startswith("#")
    assert family.send(customer_path(order["customer_id"])).status_code == 404


def test_orders_without_a_customer_are_in_the_accounts_list_too(family: FamilyClient) -> None:
    orders = _orders(family, "C-3003")
    numbers = [order["order_number"] for order in orders if "order_number" in order]

    found = family.read(ORDERS, {"search": numbers[0]})["_embedded"]["orders"]

    assert len(numbers) == len(orders) - 1
    assert not any("customer_id" in order for order in orders)
    assert "customer_id" not in found[0]
    assert "customer_id" not in family.read(recent_path("C-3003"))


def test_index_that_counts_from_one_is_past_the_end(family: FamilyClient) -> None:
    recent = family.read(recent_path("C-3004"))

    assert recent["status_info_current_index"] == len(recent["status_info"])


def test_order_may_have_no_links(family: FamilyClient) -> None:
    order_id = _orders(family, "C-3004")[0]["id"]

    assert "_links" not in family.read(order_path("C-3004", order_id))


def test_only_required_fields_means_only_those(family: FamilyClient) -> None:
    order = _orders(family, "C-3005")[0]
    (contact,) = family.read(CUSTOMERS, {"ids": "C-3005"})["_embedded"]["contacts"]

    assert contact.keys() == {"customer_id", "name", "created_at", "updated_at"}
    assert family.read(customer_path("C-3005")).keys() == {"id"}
    assert order.keys() == {"id", "order_number"}
    assert family.read(recent_path("C-3005")).keys() == {"id", "order_number"}


@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_every_optional_field_null_means_all_of_them(family: FamilyClient, root: str) -> None:
    order = _orders(family, "C-3006", root)[0]
    customer = family.read(customer_path("C-3006", root=root))
    recent = family.read(recent_path("C-3006", root))

    assert len(order) > 15
    assert {name for name, value in order.items() if value is not None} == {"id", "order_number"}
    assert {name for name, value in customer.items() if value is not None} == {"id"}
    assert {name for name, value in recent.items() if value is not None} == {"id", "order_number"}


def test_unlisted_words_and_a_step_without_a_date(family: FamilyClient) -> None:
    recent = family.read(recent_path("C-3007"))

    assert recent["delivery_type"] == _orders(family, "C-3007")[0]["delivery_type"] == "DRONE"
    assert recent["status_info"][-2]["generic_type"] == "HELD"
    assert "status_date_time" not in recent["status_info"][-1]
    assert recent["status_info_current_index"] == len(recent["status_info"]) - 2
