"""The requests that a server received, for tests that count them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ENTRIES = 10_000
KEPT_HEADERS = ("accept", "accept-encoding", "content-type", "host", "user-agent", "x-correlation-id")


@dataclass(frozen=True)
class ReceivedRequest:
    """One received request.

    `path` is as sent, query included; `route` is the template of the address; `headers` holds those of
    KEPT_HEADERS that were sent, by lower-case name (credentials are never kept); `status` is None where
    no answer was given.
    """

    method: str
    path: str
    route: str
    headers: Mapping[str, str]
    status: int | None

    @property
    def correlation_id(self) -> str | None:
        """The client's X-Correlation-ID, if it sent one."""
        return self.headers.get("x-correlation-id")


class RequestLog(Sequence[ReceivedRequest]):
    """The latest requests, oldest first, safe to read while serving. An entry is there before its answer."""

    def __init__(self) -> None:
        self._entries: deque[ReceivedRequest] = deque(maxlen=MAX_ENTRIES)
        self._lock = Lock()

    def add(self, entry: ReceivedRequest) -> None:
        """Keep one more request; beyond MAX_ENTRIES the oldest is forgotten."""
        with self._lock:
            self._entries.append(entry)

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._entries.clear()

    def snapshot(self) -> tuple[ReceivedRequest, ...]:
        """The requests so far; later ones do not change it."""
        with self._lock:
            return tuple(self._entries)

    def __len__(self) -> int:
        return len(self.snapshot())

    def __iter__(self) -> Iterator[ReceivedRequest]:
        return iter(self.snapshot())

    @overload
    def __getitem__(self, index: int) -> ReceivedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ReceivedRequest]: ...
    def __getitem__(self, index: int | slice) -> ReceivedRequest | Sequence[ReceivedRequest]:
        return self.snapshot()[index]
