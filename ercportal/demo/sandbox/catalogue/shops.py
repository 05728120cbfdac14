"""The made-up shops, read from shops.csv: each prints order numbers and names states as it likes."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from ercportal.demo.sandbox.catalogue.tables import read_table

_CODE_LENGTH = 6


class Shop(NamedTuple):
    """One shop; the last five say how it calls the states of an order."""

    brand: str
    host: str
    number: str
    cancelled: str
    confirmed: str
    on_its_way: str
    out_for_delivery: str
    delivered: str

    def print_number(self, code: str) -> str:
        """The order number as this shop prints it."""
        return self.number.format(code=code)


SHOPS = {row["brand"]: Shop(**row) for row in read_table("shops.csv")}

DEFAULT_SHOP = SHOPS["Halden & Moor"]


def code_for(customer_id: str, order_id: str) -> str:
    """The code of an order that was given none: always the same one, of letters and digits."""
    digest = hashlib.sha256(f"{customer_id}/{order_id}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:_CODE_LENGTH]
