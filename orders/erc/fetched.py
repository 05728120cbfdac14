"""What the API sent, with when it did."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from orders.erc.errors import ErcError

Page = TypeVar("Page")


class Fetched(NamedTuple, Generic[Page]):
    """A decoded page, the response's body, and when the API sent it.

    `is_cached` says that an earlier look-up fetched it; `stale_because` is the failure that a stale page covers.
    """

    page: Page
    body: bytes
    as_of: datetime
    is_cached: bool = False
    stale_because: ErcError | None = None
