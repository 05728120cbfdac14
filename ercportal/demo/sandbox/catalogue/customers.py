"""A customer as the search tells of them, and as their own address does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.addresses import addresses_of
from ercportal.demo.sandbox.catalogue.model import Customer
from ercportal.demo.sandbox.catalogue.shops import DEFAULT_SHOP, SHOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ercportal.demo.sandbox.catalogue.model import Clock
    from ercportal.demo.sandbox.catalogue.people import Person
    from ercportal.demo.sandbox.wire import Json


def make_customer(person: Person, totals: Sequence[tuple[Decimal, str]], clock: Clock) -> Customer:
    """The customer that a person is; `totals` are the amount and the currency of each of their orders."""
    return Customer(person.customer_id, _contact(person, clock), _details(person, totals, clock))


def _contact(person: Person, clock: Clock) -> dict[str, Json]:
    return {
        "customer_id": person.customer_id,
        "name": person.name,
        "brand": person.brand or None,
        "created_at": clock.ago(days=person.since_days),
        "updated_at": clock.ago(days=person.since_days / 3),
        "emails": list(person.emails),
        "phones": list(person.phones),
        "custom_fields": {"newsletter": bool(person.emails)},
    }


def _details(person: Person, totals: Sequence[tuple[Decimal, str]], clock: Clock) -> dict[str, Json]:
    shop = SHOPS.get(person.brand, DEFAULT_SHOP)
    known: dict[str, Json] = {
        "id": person.customer_id,
        "first_name": person.first_name or None,
        "last_name": person.last_name or None,
        "customer_since": clock.ago(days=person.since_days),
        "addresses": list(addresses_of(person)),
        "integration_info": {
            "external_url": f"https://{shop.host}/admin/customers/{person.since_days}{len(person.name)}",
            "type": "SHOPIFY" if shop.brand == "Plainweave" else "CUSTOM",
        },
        "average_order_value": _average(totals),
        "brand": person.brand or None,
        "custom_fields": {"loyalty_tier": "Gold" if len(totals) > 3 else "Basic"},
    }
    return {name: value for name, value in known.items() if value is not None}


def _average(totals: Sequence[tuple[Decimal, str]]) -> Json:
    if not totals:
        return None
    value = sum((amount for amount, _ in totals), Decimal(0)) / len(totals)
    return {"value": value.quantize(totals[0][0]), "currency": totals[0][1]}
