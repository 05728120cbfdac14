"""A line of look-ups before the threads: a crowd of them neither takes all threads nor is refused too soon.

The portal refuses a look-up where as many wait for the API as may (orders/lookup/bulkhead.py). Waiting in line
holds no thread, so a look-up does that for a moment first; with a quick API its turn comes within that moment.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

LINE_SECONDS = 0.5
"""How long a look-up stands in line; then a thread tries it all the same, since its page may be cached."""

# A request that is taken for a look-up and is none only stands in line with them.
_LOOK_UPS = (b"GET /orders/?", b"GET /embed/orders/?")


class Line:
    """Who is under way and who stands in line. Only the worker's main thread comes here."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._under_way: set[Any] = set()
        self._in_line: OrderedDict[Any, float] = OrderedDict()

    def may_go(self, conn: Any, request: bytes) -> bool:
        """Whether a thread may have the connection's request now; else it stands in line."""
        if not request.startswith(_LOOK_UPS):
            return True
        if len(self._under_way) >= self._places:
            self._in_line[conn] = time.monotonic() + LINE_SECONDS
            return False
        self._under_way.add(conn)
        return True

    def leave(self, conn: Any) -> None:
        """The connection's request is answered."""
        self._under_way.discard(conn)

    def due(self) -> list[Any]:
        """Those for whom there is a place now, and those who have stood in line for long enough."""
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
        """How long nobody in line becomes due by time alone."""
        for ends_at in self._in_line.values():
            return min(at_most, max(0.0, ends_at - time.monotonic()))
        return at_most
