"""What is worth searching for, read from searches.csv."""

from __future__ import annotations

from typing import NamedTuple

from ercportal.demo.sandbox.catalogue.tables import read_table


class Search(NamedTuple):
    """A text, the parameter that takes it (`search` is the orders', the others the customers'), and what comes."""

    text: str
    parameter: str
    about: str


SEARCHES = tuple(Search(**row) for row in read_table("searches.csv"))
