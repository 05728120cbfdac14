"""What may be the two ids, until it is clear which."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """Whose id it is."""

    CUSTOMER = "customer"
    ORDER = "order"


class Ids(NamedTuple):
    """A customer id and an order id; empty where it is not known."""

    customer_id: str = ""
    order_id: str = ""

    @property
    def are_both(self) -> bool:
        """Whether an order can be looked up."""
        return bool(self.customer_id and self.order_id)


NOTHING = Ids()
# What programs and people write where they have no id.
_PLACEHOLDERS = frozenset(("", "-", "null", "none", "nil", "undefined", "unknown", "n/a", "true", "false"))


class Candidates:
    """Values that were found under the names of the two ids, each as telling as its rank."""

    def __init__(self) -> None:
        self._found: dict[Kind, dict[int, set[str]]] = {kind: defaultdict(set) for kind in Kind}

    def add(self, kind: Kind, value: str, rank: int) -> None:
        """Take a value into account; a placeholder is none."""
        if value.lower() not in _PLACEHOLDERS:
            self._found[kind][rank].add(value)

    @property
    def ids(self) -> Ids:
        """Those that are clear: of each kind the one value of the highest rank."""
        return Ids(self._only(Kind.CUSTOMER), self._only(Kind.ORDER))

    def _only(self, kind: Kind) -> str:
        ranks = self._found[kind]
        best = ranks[max(ranks)] if ranks else set()
        return min(best) if len(best) == 1 else ""
