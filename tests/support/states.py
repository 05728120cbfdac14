"""The states that pages are looked at in: one address each, answered by the sandbox."""

from __future__ import annotations

from urllib.parse import urlencode


def order(customer_id: str, order_id: str, **more: str) -> str:
    """The address of an order's items."""
    return "/orders/?" + urlencode({"customer_id": customer_id, "order_id": order_id, **more})


def customer(customer_id: str) -> str:
    """The address of a customer's orders."""
    return "/customers/?" + urlencode({"customer_id": customer_id})


STATES = {
    "start": "/orders/",
    "one item": order("C-1001", "A-20731"),
    "history": order("C-1001", "A-20744"),
    "three deliveries": order("C-1001", "A-20758"),
    "many items": order("C-1002", "A-20810"),
    "every status": order("C-1002", "A-20822"),
    "second page": order("C-1002", "A-20810", order_by="price:desc"),
    "filtered": order("C-1002", "A-20810", brand="Arda", customer_zone="Asia/Tokyo"),
    "empty": order("C-1002", "A-20815"),
    "collection": order("C-1003", "A-20901"),
    "pictures": order("C-1003", "A-20911"),
    "currencies": order("C-1004", "A-21003"),
    "long names": order("C-1004", "A-21015"),
    "scripts": order("C-1004", "A-21018"),
    "custom fields": order("C-1005", "A-21102"),
    "newer fields": order("C-1005", "A-21107"),
    "refunds": order("C-1005", "A-21110"),
    "required only": order("C-1006", "A-21203"),
    "newly optional": order("C-1006", "A-21205"),
    "malformed": order("C-1006", "A-21207"),
    "hostile": order("C-1006", "A-21209"),
    "orders": customer("C-2007"),
    "few orders": customer("C-1005"),
    "no orders": customer("C-2017"),
    "orders that lead nowhere": customer("C-3002"),
    "no such customer": customer("C-404"),
    "input error": "/orders/?customer_id=C-1001",
    "not found": order("C-FAULTS", "F-404"),
    "not allowed": order("C-FAULTS", "F-403"),
    "rate limited": order("C-FAULTS", "F-429-long"),
    "unavailable": order("C-FAULTS", "F-500"),
    "unusable answer": order("C-FAULTS", "F-wrong-shape"),
    "time zone": "/zone/",
    "no such page": "/nothing-here",
}
