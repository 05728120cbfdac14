"""What the endpoints' policies and the tokens remember, for all processes where the caller's memory is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Memory(Protocol):
    """A cache whose keys end by themselves. One that cannot be reached remembers nothing and keeps nobody out."""

    def get(self, key: str) -> Any:
        """The stored value, or None."""

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Those of the values that are stored."""

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store a value for `timeout` seconds."""

    def add(self, key: str, value: Any, timeout: float) -> bool:
        """Store a value where there is none; whether it was stored, or nobody can tell."""

    def delete(self, key: str) -> Any:
        """Forget a value."""
