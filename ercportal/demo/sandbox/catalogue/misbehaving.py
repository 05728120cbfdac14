"""The orders of customer C-FAULTS: what each holds once it is fine. What it does is in the `faults` module."""

from __future__ import annotations

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery
from ercportal.demo.sandbox.catalogue.products import PRODUCTS, sold

FAULTY_CUSTOMER = "C-FAULTS"

_ITEMS = 3
_MANY = 120

_FAULTS = (
    ("F-400", "Bad request", "Always 400, with the field at fault.", _ITEMS),
    ("F-401", "Unauthorized", "Always 401, whatever the token.", _ITEMS),
    ("F-403", "Forbidden", "Always 403, as without Early Access.", _ITEMS),
    ("F-404", "Not found", "Always 404.", _ITEMS),
    ("F-405", "Method not supported", "Always 405.", _ITEMS),
    ("F-429-short", "Busy for a second", "429 with Retry-After: 1, then fine, then anew.", _ITEMS),
    ("F-429-long", "Busy for an hour", "Always 429 with Retry-After: 3600.", _ITEMS),
    ("F-429-bare", "Busy, no word for how long", "Always 429 without Retry-After.", _ITEMS),
    ("F-500", "Server error", "Always 500.", _ITEMS),
    ("F-502-html", "Bad gateway", "Always 502 with a gateway's HTML.", _ITEMS),
    ("F-503-then-fine", "Unavailable, then fine", "Two 503s, then fine, then anew.", _ITEMS),
    ("F-slow", "Slow", "Fine after three seconds.", _ITEMS),
    ("F-no-answer", "No answer", "Says nothing for a minute, then hangs up.", _ITEMS),
    ("F-html", "HTML instead of JSON", "200 with a sign-in page.", _ITEMS),
    ("F-cut-short", "Cut short", "The body ends half-way.", _ITEMS),
    ("F-reset", "Connection reset", "The connection is reset before an answer.", _ITEMS),
    ("F-wrong-shape", "Wrong shape", "200 with JSON that is not a page of items.", _ITEMS),
    ("F-next-elsewhere", "Next link elsewhere", "The next link names another host; its cursor works here.", _MANY),
    ("F-next-repeats", "Next link repeats", "The same items and the same cursor for ever.", _MANY),
    ("F-next-only-known", "Nothing new", "New cursors for ever, always with the same items.", _MANY),
    (
        "F-token-expired-once",
        "Token expired early",
        "401 until a fresh token comes, then fine, then anew.",
        _ITEMS,
    ),
)


def misbehaving_orders(clock: Clock) -> list[Order]:
    """One order for each fault, fresh by this clock."""
    return [_order(*fault, clock) for fault in _FAULTS]


def _order(order_id: str, title: str, about: str, size: int, clock: Clock) -> Order:
    items = tuple(
        sold(
            f"itm-{order_id}-{number:03}",
            PRODUCTS[number % len(PRODUCTS)].sku,
            deliveries=[delivery(f"dlv-{order_id}-{number:03}", "IN_TRANSIT", clock.ago(hours=number % 40 + 1))],
        )
        for number in range(1, size + 1)
    )
    return Order(FAULTY_CUSTOMER, order_id, title, about, items, is_fault=True)
