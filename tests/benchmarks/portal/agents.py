"""Agents at work: each looks an order up, reads for a while, and looks the next one up."""

from __future__ import annotations

import gzip
import http.client
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

_PATH = "/orders/?customer_id=150-soak&order_id=20-{agent}x{number}"
_TIMEOUT_SECONDS = 30


class LookUp(NamedTuple):
    """How long it took, and what was wrong with it; empty where it brought the items."""

    milliseconds: float
    trouble: str


class Agents:
    """So many of them, each on a connection that is kept; `think` is how many seconds they read, on average."""

    def __init__(self, address: str, cookie: str, *, count: int, think: float) -> None:
        self._address = address
        self._headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
        self._think = think
        self._look_ups: list[LookUp] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(count)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block lasts, and until each has the answer to its last look-up."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join()

    def taken(self) -> list[LookUp]:
        """The look-ups that have ended since this was asked last."""
        with self._lock:
            taken, self._look_ups = self._look_ups, []
        return taken

    def _work(self, agent: int) -> None:
        chance = random.Random(agent)  # noqa: S311 - the same in each run
        line = _Line(self._address, self._headers)
        number = 0
        # They do not all begin in the same moment, nor fall into step.
        while not self._over.wait(
            self._think * chance.uniform(0.5, 1.5) if number else self._think * chance.random()
        ):
            started = time.monotonic()
            trouble = line.trouble_with(_PATH.format(agent=agent, number=number))
            with self._lock:
                self._look_ups.append(LookUp((time.monotonic() - started) * 1000, trouble))
            number += 1
        line.close()


class _Line:
    """A browser's connection: kept, and opened again where the server has closed it meanwhile."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_SECONDS)
        self._headers = headers

    def trouble_with(self, path: str) -> str:
        try:
            return self._asked(path)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return type(error).__name__

    def close(self) -> None:
        self._connection.close()

    def _asked(self, path: str) -> str:
        if self._connection.sock:
            with suppress(ConnectionError):
                return self._answered(path)
            self.close()
        return self._answered(path)

    def _answered(self, path: str) -> str:
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            return f"status {answer.status}"
        return "" if b"data-item-id" in gzip.decompress(body) else "no items"
