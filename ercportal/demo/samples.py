"""What is worth typing into the portal's box while its API is the sandbox."""

from __future__ import annotations

from typing import NamedTuple

from ercportal.demo.sandbox.catalogue.searches import SEARCHES


class SampleSearch(NamedTuple):
    """A text as an agent types it, and what comes of it."""

    text: str
    about: str


SAMPLE_SEARCHES = (
    *(SampleSearch(search.text, search.about) for search in SEARCHES),
    SampleSearch("C-1002 A-20810", "An order by both ids: 45 items."),
)

SAMPLE_FAULTS = ("C-FAULTS F-500", "F-customers-500", "F-orders-500", "F-customer-500", "F-customer-orders-500")
"""Texts for which the sandbox misbehaves: at the items, the two searches, a customer, a customer's orders."""
