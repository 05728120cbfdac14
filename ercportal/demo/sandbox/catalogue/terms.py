"""What was agreed on when an order was placed, and how far it has come, read from orders.csv.

An order of the table without items is one that another module of the catalogue fills.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Terms:
    """One order's terms; amounts are in its currency.

    `days` is how many days ago it was placed, `reached` how many days ago it reached its `stage`, which is a
    delivery status or CANCELLED. `lines` are (SKU, quantity). `code` may be empty: the order then makes one up.
    """

    customer_id: str
    order_id: str
    days: float
    reached: float
    stage: str = "DELIVERED"
    delivery_type: str = "SHIPPING"
    currency: str = "EUR"
    code: str = ""
    discount: Decimal = Decimal("0.00")
    shipping: Decimal = Decimal("0.00")
    taxes: Decimal = Decimal("0.00")
    refunded: Decimal = Decimal("0.00")
    card_brand: str = ""
    card_number: str = ""
    lines: tuple[tuple[str, int], ...] = ()


def read_terms() -> list[Terms]:
    """The terms of every order of the table."""
    return [_terms(row) for row in read_table("orders.csv")]


def _terms(row: Mapping[str, str]) -> Terms:
    return Terms(
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        days=float(row["days"]),
        reached=float(row["reached"]),
        stage=row["stage"],
        delivery_type=row["delivery_type"],
        currency=row["currency"],
        code=row["number"],
        discount=Decimal(row["discount"]),
        shipping=Decimal(row["shipping"]),
        taxes=Decimal(row["taxes"]),
        refunded=Decimal(row["refunded"]),
        card_brand=row["card_brand"],
        card_number=row["card_number"],
        lines=tuple(map(_line, row["items"].split())),
    )


def _line(text: str) -> tuple[str, int]:
    sku, _, quantity = text.partition("*")
    return sku, int(quantity or 1)
