"""A queue of look-ups before the threads, so that many at once neither take all threads nor are refused too soon.

The portal refuses a look-up while too many wait for the API (orders/lookup/bulkhead.py). Waiting in line holds no
thread, so a look-up does that briefly first; with a quick API its turn comes in time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

LINE_SECONDS = 0.5
"""How long a look-up stands in line; then a thread tries it anyway, because its page may be cached."""

# Another request that matches by mistake only stands in line.
_LOOK_UPS = (b"GET /orders/?", b"GET /embed/orders/?")


class Line:
    """The running look-ups and those in line. Only the worker's main thread uses it."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._under_way: set[Any] = set()
        self._in_line: OrderedDict[Any, float] = OrderedDict()

    def may_go(self, conn: Any, request: bytes) -> bool:
        """Whether a thread may handle the connection's request now; else put it in line."""
        if not request.startswith(_LOOK_UPS):
            return True
        if len(self._under_way) >= self._places:
            self._in_line[conn] = time.monotonic() + LINE_SECONDS
            return False
        self._under_way.add(conn)
        return True

    def leave(self, conn: Any) -> None:
        """Note the end of the connection's request."""
        self._under_way.discard(conn)

    def due(self) -> list[Any]:
        """Give the connections with a place now, and those that have stood in line for long enough."""
        due = []
        now = time.monotonic()
        while self._in_line:
            conn, ends_at = next(iter(self._in_line.items()))
            if len(self._under_way) >= self._places and ends_at > now:
                break
            del self._in_line[conn]
            self._under_way.add(conn)
            due.append(conn)
        return due

    def seconds_to_next(self, at_most: float) -> float:
        """Give the time until the next one in line becomes due."""
        for ends_at in self._in_line.values():
            return min(at_most, max(0.0, ends_at - time.monotonic()))
        return at_most
