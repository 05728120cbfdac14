"""The currencies that the shops sell in, read from currencies.csv. Rates are made up."""

from __future__ import annotations

from decimal import Decimal

from ercportal.demo.sandbox.catalogue.tables import read_table

_CURRENCIES = {
    row["code"]: (Decimal(row["rate"]), Decimal(1).scaleb(-int(row["decimals"])))
    for row in read_table("currencies.csv")
}


def from_euros(price: str, currency: str) -> str:
    """A price in EUR as that many of another currency, with the decimals that it has."""
    rate, smallest = _CURRENCIES[currency]
    return str((Decimal(price) * rate).quantize(smallest))
