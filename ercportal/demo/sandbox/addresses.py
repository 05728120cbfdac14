"""Addresses of the API by their templates: `/customers/{customer_id}` and the ids that a path has in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

CUSTOMERS_PATH = "/erc/ecommerce/external/customers"
ORDERS_PATH = "/erc/ecommerce/orders"
CUSTOMER_PATH = "/erc/ecommerce/customers/{customer_id}"
CUSTOMERS_ORDERS_PATH = f"{CUSTOMER_PATH}/orders"
ORDER_PATH = f"{CUSTOMERS_ORDERS_PATH}/{{order_id}}"
MOST_RECENT_ORDER_PATH = f"{CUSTOMER_PATH}/most-recent-order"

_ROOT = "/erc/ecommerce/"
_CONNECTIONS_ROOT = f"{_ROOT}connections/"
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Address:
    """An address that a request named: its template and the decoded ids, by their names in it."""

    template: str
    ids: Mapping[str, str]

    @property
    def path(self) -> str:
        """The percent-encoded path."""
        return _NAME.sub(lambda name: quote(self.ids[name[1]], safe=""), self.template)

    @property
    def is_of_connections(self) -> bool:
        """Whether this is the provider's side."""
        return self.template.startswith(_CONNECTIONS_ROOT)


def of_connections(template: str) -> str:
    """The template of the same resource on the provider's side."""
    return _CONNECTIONS_ROOT + template.removeprefix(_ROOT)


def match_address(template: str, path: str) -> Address | None:
    """The address of a percent-encoded path that fits the template, each segment decoded by itself; else None."""
    expected, given = template.split("/"), path.split("/")
    if len(expected) != len(given):
        return None
    ids: dict[str, str] = {}
    for pattern, segment in zip(expected, given, strict=True):
        name = _NAME.fullmatch(pattern)
        if name is None:
            if pattern != segment:
                return None
        elif value := _decoded(segment):
            ids[name[1]] = value
        else:
            return None
    return Address(template, ids)


def _decoded(segment: str) -> str:
    try:
        return unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return ""
