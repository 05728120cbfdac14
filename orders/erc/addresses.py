"""Postal addresses of customers and orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from orders.erc.fitting import MAX_ENTRIES, entries_of, says_nothing


class Address(msgspec.Struct, frozen=True):
    """An address (docs/api-reference.md#address). `address` is its first line."""

    id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone_number: str | None = None
    address: str | None = None
    zip_code: str | None = None
    city: str | None = None
    region_code: str | None = None
    country_code: str | None = None
    default: bool | None = None


def join_addresses(fields: Mapping[str, Any], *names: str) -> list[Any]:
    """Give the addresses under all these names, each once, whether one is an object or a list of them."""
    found: list[Any] = []
    for name in names:
        given = fields.get(name)
        entries = entries_of(Address, given) if isinstance(given, list | dict) else [given]
        for entry in entries[:MAX_ENTRIES]:
            if not says_nothing(entry) and entry not in found:
                found.append(entry)
    return found
