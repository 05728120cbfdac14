"""Who the made-up customers are, read from people.csv and addresses.csv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Person:
    """One customer. Some have one name only, some no e-mail address, no telephone, no shop or no address.

    `addresses` are rows of addresses.csv; the first one is where invoices go, the last one where parcels go.
    """

    customer_id: str
    name: str
    first_name: str
    last_name: str
    brand: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    since_days: int
    addresses: tuple[Mapping[str, str], ...] = ()


def read_people() -> list[Person]:
    """All people of the table."""
    addresses: dict[str, list[Mapping[str, str]]] = {}
    for row in read_table("addresses.csv"):
        addresses.setdefault(row["customer_id"], []).append(row)
    return [_person(row, addresses.get(row["customer_id"], [])) for row in read_table("people.csv")]


def _person(row: Mapping[str, str], addresses: list[Mapping[str, str]]) -> Person:
    return Person(
        row["customer_id"],
        row["name"],
        row["first_name"],
        row["last_name"],
        row["brand"],
        tuple(row["emails"].split()),
        tuple(row["phones"].split()),
        int(row["since_days"]),
        tuple(addresses),
    )
