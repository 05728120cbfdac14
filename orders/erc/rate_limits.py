"""Remembers until when the upstream asked not to be asked, so that nobody asks before."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import Any

from orders.erc.errors import RateLimited
from orders.erc.memory import Memory


class RateLimits:
    """The waits that 429 answers asked for (RFC 6585 section 4, RFC 9110 section 10.2.3).

    The API does not say whether a limit holds for one resource or for the whole client. So a 429 holds for what
    was asked for; a second one for something else shows that the client is meant, and holds for everything.
    """

    def __init__(self, memory: Memory, name: str) -> None:
        self._memory = memory
        self._everything = f"erc-limit:{name}"
        self._latest = f"erc-limit-latest:{name}"

    def keys(self, resource: str) -> list[str]:
        """What has to be known to check a resource."""
        return [self._everything, self._key(resource)]

    def check(self, remembered: Mapping[str, Any], resource: str, correlation_id: str) -> None:
        """Raises RateLimited, with the seconds left, when the resource must not be asked for yet.

        `remembered` is what the memory holds under `keys`: the caller asks for more than that at once.
        """
        now = time.time()
        for key in self.keys(resource):
            until = remembered.get(key, 0)
            if until > now:
                raise RateLimited(
                    "not asked: the upstream asked to wait",
                    status=429,
                    retry_after=until - now,
                    correlation_id=correlation_id,
                )

    def remember(self, resource: str, seconds: float) -> None:
        """Hold back requests for the resource for `seconds`, and all of them at the second resource."""
        if seconds <= 0:
            return
        key, until = self._key(resource), time.time() + seconds
        self._memory.set(key, until, seconds)
        latest = self._memory.get(self._latest)
        if latest and latest != key:
            self._memory.set(self._everything, until, seconds)
        self._memory.set(self._latest, key, seconds)

    def _key(self, resource: str) -> str:
        return f"{self._everything}:{hashlib.sha256(resource.encode('utf-8', 'replace')).hexdigest()}"
