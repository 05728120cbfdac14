"""Reads pages of a customer's orders in tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup

from tests.support.family import order

LIST = {"customer_id": "C-1"}


def order_ids(html: BeautifulSoup) -> list[str]:
    """The ids of the orders on the page, in order."""
    return [str(row["data-order-id"]) for row in html.select("[data-order-id]")]


def orders_of(customer_id: str, total: int) -> list[dict[str, Any]]:
    """So many orders of a customer, newest first."""
    return [order(f"O-{number}", f"#N{number:03}", customer_id) for number in range(total)]


def walk(get: Callable[[str], BeautifulSoup], address: str) -> list[BeautifulSoup]:
    """The pages of a list, each by the link of the one before."""
    pages = [get(address)]
    while links := pages[-1].select("a[data-load-more]"):
        pages.append(get(str(links[0]["href"])))
    return pages
