"""The address of an order's items, as the API has it on the account's and on the provider's side."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

_CUSTOMERS = "/erc/ecommerce/customers"
_CONNECTIONS = "/erc/ecommerce/connections/customers"
_ITEMS_ROOTS = (_CUSTOMERS, _CONNECTIONS)


@dataclass(frozen=True)
class ItemsAddress:
    """The address of one order's items. `root` is the path before the customer id; the ids are decoded."""

    root: str
    customer_id: str
    order_id: str

    @property
    def path(self) -> str:
        """The percent-encoded path."""
        return f"{self.root}/{quote(self.customer_id, safe='')}/orders/{quote(self.order_id, safe='')}/items"

    @property
    def is_of_connections(self) -> bool:
        """Whether this is the provider's side, which declares no cursors and lists no statuses."""
        return self.root == _CONNECTIONS

    @property
    def template(self) -> str:
        """The path with names in place of the ids."""
        return f"{self.root}/{{customer_id}}/orders/{{order_id}}/items"


def items_address(path: str) -> ItemsAddress | None:
    """The address that a percent-encoded path names, each segment decoded by itself; None for any other path."""
    for root in _ITEMS_ROOTS:
        if not path.startswith(f"{root}/"):
            continue
        segments = path[len(root) + 1 :].split("/")
        if len(segments) == 4 and (segments[1], segments[3]) == ("orders", "items"):
            customer_id, order_id = _decoded(segments[0]), _decoded(segments[2])
            if customer_id and order_id:
                return ItemsAddress(root, customer_id, order_id)
    return None


def _decoded(segment: str) -> str:
    try:
        return unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return ""
