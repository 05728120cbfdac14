"""A person's addresses as the API writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.people import Person
    from ercportal.demo.sandbox.wire import Json

_COLUMNS = ("address", "zip_code", "city", "region_code", "country_code")


def addresses_of(person: Person) -> list[dict[str, Json]]:
    """All addresses of the person; the first one is the default. What is not known is left out."""
    return [_address(number, person) for number in range(len(person.addresses))]


def _address(number: int, person: Person) -> dict[str, Json]:
    row = person.addresses[number]
    named = {
        "id": f"adr-{person.customer_id}-{number + 1}",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "phone_number": person.phones[0] if person.phones else "",
        **{column: row[column] for column in _COLUMNS},
    }
    return {**{name: value for name, value in named.items() if value}, "default": number == 0}
