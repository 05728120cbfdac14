"""Customers whose data shows what the reference leaves open: of two readings, theirs is the rarer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.model import Customer, PlacedOrder
    from ercportal.demo.sandbox.wire import Json

Fields: TypeAlias = "Mapping[str, Json]"


def _as_it_is(fields: Fields) -> Fields:
    return fields


class Reading(NamedTuple):
    """What is particular about one customer's data, and how it comes from ordinary data."""

    about: str
    of_contact: Callable[[Fields], Fields] = _as_it_is
    of_customer: Callable[[Fields], Fields] = _as_it_is
    of_order: Callable[[Fields], Fields] = _as_it_is
    of_most_recent: Callable[[Fields], Fields] = _as_it_is
    has_links: bool = True


def _renamed(old: str, new: str, *, into_list: bool) -> Callable[[Fields], Fields]:
    def change(fields: Fields) -> Fields:
        value = fields[old]
        rest = {name: other for name, other in fields.items() if name != old}
        return {**rest, new: [value] if into_list else value}

    return change


def _swapped(fields: Fields) -> Fields:
    return {**fields, "customer_id": fields["order_number"], "order_number": fields["customer_id"]}


def _without_customer(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "customer_id"}


def _without_customer_or_number(fields: Fields) -> Fields:
    is_cancelled = "cancellation_status" in fields
    return {
        name: value
        for name, value in _without_customer(fields).items()
        if not (is_cancelled and name == "order_number")
    }


def _counted_from_one(fields: Fields) -> Fields:
    index = cast("int", fields["status_info_current_index"])
    return {**fields, "status_info_current_index": index + 1}


def _only(*names: str) -> Callable[[Fields], Fields]:
    return lambda fields: {name: fields[name] for name in names}


def _all_null(*required: str) -> Callable[[Fields], Fields]:
    return lambda fields: {name: value if name in required else None for name, value in fields.items()}


def _unlisted(fields: Fields) -> Fields:
    return {**fields, "delivery_type": "DRONE", "status": "Beðið eftir lendingarleyfi"}


def _unlisted_history(fields: Fields) -> Fields:
    steps = cast("list[dict[str, Json]]", fields["status_info"])
    held = {**steps[-1], "generic_type": "HELD", "detailed_type": "AWAITING_CLEARANCE"}
    to_come = {"generic_type": "DELIVERED", "detailed_type": "DELIVERED"}
    return {**_unlisted(fields), "status_info": [*steps[:-1], held, to_come]}


READINGS: Mapping[str, Reading] = {
    "C-3001": Reading(
        "Each path has the other's form of an order's address: a list where it is an object, and the reverse.",
        of_customer=_renamed("addresses", "shipping_addresses", into_list=False),
        of_order=_renamed("shipping_address", "shipping_addresses", into_list=True),
    ),
    "C-3002": Reading(
        "Orders that say their number as customer_id, and the customer's id as order_number.", of_order=_swapped
    ),
    "C-3003": Reading(
        "Orders without customer_id, one of them without order_number too.",
        of_order=_without_customer_or_number,
        of_most_recent=_without_customer,
    ),
    "C-3004": Reading(
        "status_info_current_index counts from 1, and an order has no _links at its own address.",
        of_most_recent=_counted_from_one,
        has_links=False,
    ),
    "C-3005": Reading(
        "No field that the reference does not require.",
        of_contact=_only("customer_id", "name", "created_at", "updated_at"),
        of_customer=_only("id"),
        of_order=_only("id", "order_number"),
        of_most_recent=_only("id", "order_number"),
    ),
    "C-3006": Reading(
        "Every field that the reference does not require is null.",
        of_contact=_all_null("customer_id", "name", "created_at", "updated_at"),
        of_customer=_all_null("id"),
        of_order=_all_null("id", "order_number"),
        of_most_recent=_all_null("id", "order_number"),
    ),
    "C-3007": Reading(
        "Words that are in no list, and a history whose last step has no date yet.",
        of_order=_unlisted,
        of_most_recent=_unlisted_history,
    ),
}

_ORDINARY = Reading("")


def reread_customer(customer: Customer) -> Customer:
    """The customer, by the reading that is theirs."""
    reading = READINGS.get(customer.customer_id, _ORDINARY)
    return replace(
        customer, contact=reading.of_contact(customer.contact), details=reading.of_customer(customer.details)
    )


def reread_order(order: PlacedOrder) -> PlacedOrder:
    """The order, by the reading that is its customer's."""
    reading = READINGS.get(order.customer_id, _ORDINARY)
    return replace(
        order,
        facts=reading.of_order(order.facts),
        most_recent=reading.of_most_recent(order.most_recent),
        has_links=reading.has_links,
    )
