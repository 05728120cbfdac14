"""Types of counts and prices, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

CustomFields = dict[str, Any]

Quantity = int | Decimal
"""A count: an int where it is whole (2, 2.0 and "2" are all 2), else a Decimal, as of goods sold by weight."""


class Price(msgspec.Struct, frozen=True):
    """An exact amount; `currency` is the code as it came, usually of ISO 4217."""

    value: Decimal
    currency: str | None = None
