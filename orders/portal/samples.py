"""Orders of the sandbox for first trials of the portal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orders.presenters.links import start_link


class SampleView(NamedTuple):
    """An order to try; `is_fault` tells that the sandbox misbehaves for it on purpose."""

    title: str
    link: str
    is_fault: bool


def sample_views(samples: Iterable[tuple[str, str, str, bool]], address: str) -> tuple[SampleView, ...]:
    """The samples of the settings; links lead to the surface at `address`."""
    return tuple(
        SampleView(title, start_link(address, customer_id, order_id), is_fault)
        for customer_id, order_id, title, is_fault in samples
    )
