"""What the check asks for: an order that somebody named, or one that nobody has."""

from __future__ import annotations

from typing import NamedTuple

_MADE_UP = "connection-check"


class Subject(NamedTuple):
    """The ids that the check asks for."""

    customer_id: str
    order_id: str
    is_made_up: bool


def subject_of(customer_id: str, order_id: str) -> Subject:
    """Give the named order, or made-up ids where none is named."""
    if customer_id and order_id:
        return Subject(customer_id, order_id, is_made_up=False)
    return Subject(_MADE_UP, _MADE_UP, is_made_up=True)
