"""Everything around the items: each order's customer, terms and history, put together from the tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ercportal.demo.sandbox.catalogue.bought import bought_order
from ercportal.demo.sandbox.catalogue.customers import make_customer
from ercportal.demo.sandbox.catalogue.fault_customers import fault_people, fault_terms
from ercportal.demo.sandbox.catalogue.histories import most_recent_order
from ercportal.demo.sandbox.catalogue.model import PlacedOrder
from ercportal.demo.sandbox.catalogue.order_facts import order_facts
from ercportal.demo.sandbox.catalogue.people import Person, read_people
from ercportal.demo.sandbox.catalogue.readings import reread_customer, reread_order
from ercportal.demo.sandbox.catalogue.terms import Terms, read_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ercportal.demo.sandbox.catalogue.model import Clock, Customer, Order
    from ercportal.demo.sandbox.wire import Json


class Family(NamedTuple):
    """All orders' items, all customers, and all orders as they were placed, newest first."""

    items: list[Order]
    customers: list[Customer]
    placed: list[PlacedOrder]


def build_family(themed: Sequence[Order], clock: Clock) -> Family:
    """The family of these orders and of those that the tables fill themselves."""
    people = {person.customer_id: person for person in (*read_people(), *fault_people())}
    terms = {(one.customer_id, one.order_id): one for one in (*read_terms(), *fault_terms(themed))}
    items = [*themed, *(bought_order(one, clock) for one in terms.values() if one.lines)]
    placed = [
        _placed(order, terms[order.customer_id, order.order_id], people[order.customer_id], clock)
        for order in items
    ]
    placed.sort(key=lambda order: order.days)
    totals: dict[str, list[tuple[Decimal, str]]] = {customer_id: [] for customer_id in people}
    for order in placed:
        totals[order.customer_id].append(_final_total(order.facts))
    customers = [make_customer(person, totals[person.customer_id], clock) for person in people.values()]
    return Family(items, [reread_customer(one) for one in customers], [reread_order(one) for one in placed])


def _placed(order: Order, terms: Terms, person: Person, clock: Clock) -> PlacedOrder:
    facts = order_facts(order, terms, person, clock)
    recent = most_recent_order(order, terms, facts, clock)
    return PlacedOrder(order.customer_id, order.order_id, terms.days, facts, recent)


def _final_total(facts: Mapping[str, Json]) -> tuple[Decimal, str]:
    summary = cast("dict[str, dict[str, Any]]", facts["price_summary"])
    total = summary["final_total_amount"]
    return total["value"], total["currency"]
