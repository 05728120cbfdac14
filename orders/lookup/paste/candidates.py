"""Collects candidates for the two ids."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    CUSTOMER = "customer"
    ORDER = "order"


class Ids(NamedTuple):
    """A customer id and an order id; an unknown one is empty."""

    customer_id: str = ""
    order_id: str = ""

    @property
    def are_both(self) -> bool:
        """Whether both ids are known."""
        return bool(self.customer_id and self.order_id)


NOTHING = Ids()
_PLACEHOLDERS = frozenset(("", "-", "null", "none", "nil", "undefined", "unknown", "n/a", "true", "false"))


class Candidates:
    """Values under the names of the two ids; a higher rank is more reliable."""

    def __init__(self) -> None:
        self._found: dict[Kind, dict[int, set[str]]] = {kind: defaultdict(set) for kind in Kind}

    def add(self, kind: Kind, value: str, rank: int) -> None:
        """Add a value, unless it is a placeholder."""
        if value.lower() not in _PLACEHOLDERS:
            self._found[kind][rank].add(value)

    @property
    def ids(self) -> Ids:
        """Give of each kind the value of the highest rank, if there is only one."""
        return Ids(self._only(Kind.CUSTOMER), self._only(Kind.ORDER))

    def _only(self, kind: Kind) -> str:
        ranks = self._found[kind]
        best = ranks[max(ranks)] if ranks else set()
        return min(best) if len(best) == 1 else ""
