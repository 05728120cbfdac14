"""What the stub upstream answers with: items of two kinds, and the family around them.

Everyday items, orders and customers are those of the sandbox's catalogue. Hard items are random ids, names and
numbers, with two deliveries each, so that they are hard to pack and no text of theirs is drawn twice.
"""

from __future__ import annotations

import json
import random
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from ercportal.demo.sandbox.catalogue import Catalogue
from ercportal.demo.sandbox.wire import encode

OWN = b"0wn0wn0wn"
"""Stands in a body where each answer has something of its own, so that no two orders hold the same items."""

CUSTOMER, ORDER, EMAIL = b"C-1002", b"A-20810", b"chidi.okafor@okafor-partners.example"
"""Whose customer and order the bodies are, until they are replaced by those that were asked for."""

LISTED = 20
"""How many orders a list has."""

_OFFICE, _LONG = b"-20810-", b"-21250-"
_MANY_ORDERS = "C-2007"
_NEXT = {"next": {"href": "https://api.example/page?cursor=bmV4dA"}}
_STATUSES = ("DELIVERED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "CONFIRMED", "READY_FOR_PICKUP")
# fmt: off
_WORDS = (
    "ash", "oak", "wool", "felt", "steel", "brass", "glass", "stone", "cotton", "leather", "woven", "turned",
    "folding", "dining", "office", "lounge", "garden", "kitchen", "winter", "summer", "chair", "table",
    "lamp", "shelf", "bench", "rug", "mug", "bowl", "seat", "frame", "drawer", "oiled", "painted", "natural",
)
# fmt: on


@cache
def hard_items(count: int) -> bytes:
    """The page of that many hard items, and more to come."""
    chance = random.Random(count)  # noqa: S311 - the same in each run
    items = [_hard_item(number, chance) for number in range(count)]
    return json.dumps({"id": OWN.decode(), "_embedded": {"items": items}, "_links": _NEXT}).encode()


def _hard_item(number: int, chance: random.Random) -> dict[str, Any]:
    """An item of about 1 kB with two deliveries."""
    own = OWN.decode()
    day = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(30_000))

    def said(days: float) -> str:
        return (day + timedelta(days=days, milliseconds=chance.randrange(10**8))).isoformat(
            timespec="milliseconds"
        )

    def words(count: int) -> str:
        return " ".join(chance.choices(_WORDS, k=count)).capitalize()

    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128))),
        "name": f"{words(4)} {own}",
        "brand": words(1),
        "sku": f"{chance.getrandbits(40):010X}",
        "description": words(14) + ".",
        "image_url": f"https://pictures.example/{chance.getrandbits(96):024x}.jpg",
        "price": {"value": chance.randrange(100, 99_999) / 100, "currency": "EUR"},
        "quantity": 3,
        "deliverable_quantity": 1,
        "refundable_quantity": 2,
        "deliveries": [
            {
                "id": str(uuid.UUID(int=chance.getrandbits(128))),
                "delivery_quantity": 2 - part,
                "latest_status_info": {"type": chance.choice(_STATUSES), "status_date_time": said(2)},
                "tracking_info": {
                    "tracking_number": f"1Z{own}{number:03}{part}",
                    "external_url": f"https://carrier.example/track/{chance.getrandbits(64):016x}",
                },
                "last_update": said(3),
            }
            for part in range(2)
        ],
    }


@cache
def _catalogue() -> Catalogue:
    return Catalogue(datetime.now(UTC))


def _encoded(value: Any) -> bytes:
    """The value as JSON; its pictures are on a host of their own, as a shop's are."""
    return encode(value).replace(b'"/pictures/', b'"https://pictures.example/')


@cache
def everyday_items(count: int) -> bytes:
    """The page of the first so many items of the sandbox's office order, then of its long one."""
    office = _catalogue().find("C-1002", "A-20810")
    long = _catalogue().find("C-1006", "A-21250")
    assert office
    assert long
    items = (*office.items, *long.items)[:count]
    body = _encoded({"id": OWN.decode(), "_embedded": {"items": items}, "_links": _NEXT})
    return body.replace(_OFFICE, b"-%s-" % OWN).replace(_LONG, b"-%s-l" % OWN)


@cache
def order() -> bytes:
    """The office order itself."""
    return _encoded(_office_order().facts)


@cache
def recent_order() -> bytes:
    """The office order as its customer's most recent one, with its history."""
    return _encoded(_office_order().most_recent)


def _office_order() -> Any:
    return _catalogue().placed_order(CUSTOMER.decode(), ORDER.decode())


@cache
def orders() -> bytes:
    """A page of twenty orders of a customer who has many."""
    customer = CUSTOMER.decode()
    placed = _catalogue().placed_by(_MANY_ORDERS)[:LISTED]
    listed = [{**one.facts, "id": f"{one.order_id}-{OWN.decode()}", "customer_id": customer} for one in placed]
    return _encoded({"_embedded": {"orders": listed}, "_links": _NEXT})


@cache
def contacts() -> bytes:
    """A search's page with the one customer whom it found."""
    found = _catalogue().customer(CUSTOMER.decode())
    assert found
    numbers = {"total": 1, "count": 1, "page": 1, "per_page": 50, "total_pages": 1}
    return _encoded({**numbers, "_embedded": {"contacts": [found.contact]}, "_links": {}})


@cache
def customer() -> bytes:
    """The customer."""
    found = _catalogue().customer(CUSTOMER.decode())
    assert found
    return _encoded(found.details)
