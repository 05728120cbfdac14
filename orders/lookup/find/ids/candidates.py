"""Collects candidates for the two ids."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import NamedTuple


class IdKind(Enum):
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


def is_placeholder(value: str) -> bool:
    """Whether a program or a person wrote this where no value is known."""
    return value.lower() in _PLACEHOLDERS


class Candidates:
    """Values under the names of the two ids; a higher rank is more reliable."""

    def __init__(self) -> None:
        self._found: dict[IdKind, dict[int, set[str]]] = {kind: defaultdict(set) for kind in IdKind}

    def add(self, kind: IdKind, value: str, rank: int) -> None:
        """Add a value, unless it is a placeholder."""
        if not is_placeholder(value):
            self._found[kind][rank].add(value)

    @property
    def ids(self) -> Ids:
        """Give of each kind the value of the highest rank, if there is only one."""
        return Ids(self._only(IdKind.CUSTOMER), self._only(IdKind.ORDER))

    def _only(self, kind: IdKind) -> str:
        ranks = self._found[kind]
        best = ranks[max(ranks)] if ranks else set()
        return min(best) if len(best) == 1 else ""
