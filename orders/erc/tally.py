"""Tells an outage of an endpoint from a single broken resource, by the responses that one process has seen."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

from orders.erc.errors import TimedOut, Unavailable

# Failures further apart than this are no outage.
_OUTAGE_SECONDS = 10.0
# A plain 500 so soon after a response is no sign of an outage, however many resources get one at the same time.
_ALIVE_SECONDS = 1.0
# A resource that failed while others got responses counts as broken itself for so long.
_OWN_TROUBLE_SECONDS = 60.0


class Tally:
    """Counts failures and slow responses until they are an outage: until there are `enough` of them.

    Failures count in a row, each within ten seconds of the last. One resource counts once, however often it is
    reloaded. It does not count if it failed before while the endpoint responded for others, nor if it got a plain
    500 within a second of another's response, because an agent may open many broken orders at once. A failed
    connection counts each time: no resource can cause it.

    Slowness is an outage when `enough` resources were slow in the last ten seconds, and they were at least half of
    those requested. One or two agents never request so many: they are served slowly rather than refused. A
    time-out is the slowest response of all.
    """

    def __init__(self, enough: int) -> None:
        self._enough = enough
        self._lock = threading.Lock()
        self._forget_failures()
        self._failed_at = -math.inf
        self._responded_at = -math.inf
        self._own_trouble: dict[str, float] = {}
        self._is_slow: OrderedDict[str, tuple[float, bool]] = OrderedDict()

    def count_failure(self, resource: str, error: Unavailable) -> bool:
        """Count a failure; True where it makes an outage, after which counting begins anew."""
        now = time.monotonic()
        with self._lock:
            if now - self._failed_at > _OUTAGE_SECONDS:
                self._forget_failures()
            self._failed_at = now
            if not resource or not error.had_connection:
                self._without_connection += 1
            elif self._has_own_trouble(resource, now) or self._is_alive(error, now):
                self._own_trouble[resource] = now
            else:
                self._failed.add(resource)
            is_too_slow = isinstance(error, TimedOut) and self._is_too_slow(resource, now, is_slow=True)
            if len(self._failed) + self._without_connection < self._enough and not is_too_slow:
                return False
            self._forget_failures()
            self._is_slow.clear()
            return True

    def count_response(self, resource: str, *, is_slow: bool) -> bool:
        """Count a response; True where it makes an outage, because so many are slow."""
        now = time.monotonic()
        with self._lock:
            self._responded_at = now
            self._remember_own_trouble(resource, now)
            self._forget_failures()
            if not self._is_too_slow(resource, now, is_slow=is_slow):
                return False
            self._is_slow.clear()
            return True

    def _forget_failures(self) -> None:
        self._failed: set[str] = set()
        self._without_connection = 0

    def _has_own_trouble(self, resource: str, now: float) -> bool:
        failed_at = self._own_trouble.get(resource, -math.inf)
        # Without any response for a while, the endpoint is to blame, not the resource.
        return now - failed_at <= _OWN_TROUBLE_SECONDS and now - self._responded_at <= _OUTAGE_SECONDS

    def _is_alive(self, error: Unavailable, now: float) -> bool:
        is_plain = not error.should_retry
        return is_plain and now - self._responded_at <= _ALIVE_SECONDS

    def _remember_own_trouble(self, resource: str, now: float) -> None:
        if self._failed:
            known = {one: at for one, at in self._own_trouble.items() if now - at <= _OWN_TROUBLE_SECONDS}
            self._own_trouble = known | dict.fromkeys(self._failed, now)
        self._own_trouble.pop(resource, None)

    def _is_too_slow(self, resource: str, now: float, *, is_slow: bool) -> bool:
        self._is_slow[resource] = (now, is_slow)
        # They stay ordered by time.
        self._is_slow.move_to_end(resource)
        while now - next(iter(self._is_slow.values()))[0] > _OUTAGE_SECONDS:
            self._is_slow.popitem(last=False)
        if not is_slow:
            return False
        slow = sum(is_slow for _, is_slow in self._is_slow.values())
        return slow >= self._enough and 2 * slow >= len(self._is_slow)
