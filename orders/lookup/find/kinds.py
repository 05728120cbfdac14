"""What a text in the find box can be."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from orders.models import AccessKind


class Kind(Enum):
    """What a search is for."""

    EMAIL = "email"
    PHONE = "phone"
    ORDER_NUMBER = "order_number"
    NAME = "name"
    CUSTOMER_ID = "customer_id"
    IDS = "ids"


class Reading(NamedTuple):
    """One meaning of what was typed, in its normal form.

    EMAIL: lower case. PHONE: E.164, or the digits alone where no country is known. ORDER_NUMBER: without `#`,
    letters as typed. NAME: composed (NFC), single blanks. CUSTOMER_ID: as typed. IDS: the customer's id in `text`,
    the order's in `order_id`.
    """

    kind: Kind
    text: str
    order_id: str = ""


SEARCH_KINDS = {
    Kind.EMAIL: AccessKind.SEARCH_EMAIL,
    Kind.PHONE: AccessKind.SEARCH_PHONE,
    Kind.NAME: AccessKind.SEARCH_NAME,
    Kind.ORDER_NUMBER: AccessKind.SEARCH_NUMBER,
    Kind.CUSTOMER_ID: AccessKind.SEARCH_ID,
}
"""The searches of the find box as the access log names them; both ids are a look-up, and no search."""
