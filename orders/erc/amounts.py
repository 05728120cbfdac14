"""What counts and costs are made of, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

CustomFields = dict[str, Any]

Quantity = int | Decimal
"""A count: an int where it is whole (2, 2.0 and "2" are all 2), else a Decimal, as of goods sold by weight."""


class Price(msgspec.Struct, frozen=True):
    """An amount, exact; `currency` is an ISO 4217 code or whatever code came, None where none did."""

    value: Decimal
    currency: str | None = None
