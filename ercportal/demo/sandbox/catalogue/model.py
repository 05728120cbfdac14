"""What an order is made of, and short ways to write one down.

Entries are plain JSON values, not typed items: the catalogue also holds what a well-behaved service never sends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ercportal.demo.sandbox.wire import Json

ABSENT: Final = "(absent)"
"""Stands for a link that is not sent at all, as opposed to one that is sent as null."""


@dataclass(frozen=True)
class Order:
    """The items of one order, with a title and a line about what makes it worth trying, if it is.

    `page_fields` and `embedded` are what every page of it has beside its items; `last_next` is what the last page
    says in place of a next link.
    """

    customer_id: str
    order_id: str
    title: str = ""
    about: str = ""
    items: tuple[Json, ...] = ()
    page_fields: Mapping[str, Json] = field(default_factory=dict)
    embedded: Mapping[str, Json] = field(default_factory=dict)
    last_next: Json = ABSENT
    is_fault: bool = False


@dataclass(frozen=True)
class Customer:
    """One customer: as the search tells of them (`contact`), and as their own address does (`details`)."""

    customer_id: str
    contact: Mapping[str, Json]
    details: Mapping[str, Json]


@dataclass(frozen=True)
class PlacedOrder:
    """One order around its items: as lists and its own address tell of it (`facts`), and as the most recent one.

    `days` is how many days ago it was placed. `has_links` is whether it has `_links` at its own address.
    """

    customer_id: str
    order_id: str
    days: float
    facts: Mapping[str, Json]
    most_recent: Mapping[str, Json]
    has_links: bool = True


class Clock:
    """Dates relative to one moment, so that the orders look fresh whenever the server starts."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def ago(self, days: float = 0, hours: float = 0) -> str:
        """The timestamp of that long before now."""
        return _timestamp(self._now - timedelta(days=days, hours=hours))

    def at(self, days: int, hour: int) -> str:
        """The timestamp of a full hour (UTC) on the day that many days from now."""
        day = self._now.date() + timedelta(days=days)
        return _timestamp(datetime.combine(day, time(hour), UTC))

    def day(self, days: int) -> str:
        """The date that many days from now."""
        return (self._now.date() + timedelta(days=days)).isoformat()


def item(item_id: str, name: str, price: str, currency: str = "EUR", **fields: Json) -> dict[str, Json]:
    """An item. The price is text, whose every digit goes out as written."""
    return {"id": item_id, "name": name, "price": money(price, currency), **fields}


def money(value: str, currency: str = "EUR") -> dict[str, Json]:
    """An amount and its currency."""
    return {"value": Decimal(value), "currency": currency}


def delivery(
    delivery_id: str, status: str, since: str, quantity: int | Decimal = 1, **fields: Json
) -> dict[str, Json]:
    """A delivery that reached its latest status at `since`, which is also when it was last updated."""
    return {
        "id": delivery_id,
        "delivery_quantity": quantity,
        "latest_status_info": {"type": status, "status_date_time": since},
        "last_update": since,
        **fields,
    }


def tracking(number: str, carrier_host: str = "track.nordpost.example") -> dict[str, Json]:
    """A tracking number with the carrier's page about it."""
    digits = "".join(character for character in number if character.isalnum())
    return {"tracking_number": number, "external_url": f"https://{carrier_host}/parcels/{digits}"}


def _timestamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
