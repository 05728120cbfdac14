"""Orders about money: many currencies in one order, and prices that a float would spoil."""

from __future__ import annotations

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, item, money
from ercportal.demo.sandbox.catalogue.products import sold

EXACT_PRICES = ("10.10", "0.1", "12345678901234567.89")


def money_orders(clock: Clock) -> list[Order]:
    """The orders about money, fresh by this clock."""
    return [_currencies(clock), _exact()]


def _currencies(clock: Clock) -> Order:
    sent = [delivery("dlv-21003-1", "DELIVERED", clock.ago(days=6))]
    items = (
        sold("itm-21003-1", "MUG-0340-CO", price=money("14.90", "EUR"), deliveries=sent),
        sold("itm-21003-2", "HPH-NC20-IN", price=money("199.00", "USD")),
        sold("itm-21003-3", "TEA-EGB-125", price=money("10.75", "GBP")),
        sold("itm-21003-4", "CAM-INS-CO", price=money("12800", "JPY")),
        sold("itm-21003-5", "WTC-MER-38", price=money("72.495", "KWD")),
        sold("itm-21003-6", "BTL-050-CO", price=money("2350", "PTS")),
    )
    about = "EUR, USD, GBP, JPY (no decimals), KWD (three) and PTS, a code that nobody knows."
    return Order("C-1004", "A-21003", "Several currencies", about, items, {"id": "page-21003"})


def _exact() -> Order:
    items = (
        item("itm-21010-1", "Gift wrapping", EXACT_PRICES[0], quantity=1, sku="SVC-WRAP"),
        item("itm-21010-2", "Paper bag", EXACT_PRICES[1], quantity=1, sku="SVC-BAG"),
        item("itm-21010-3", "Corporate framework settlement", EXACT_PRICES[2], quantity=1, sku="SVC-SETTLE"),
    )
    about = f"{', '.join(EXACT_PRICES)}: right only to the last digit."
    return Order("C-1004", "A-21010", "Exact prices", about, items, {"id": "page-21010"})
