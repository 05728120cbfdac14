"""What everybody else waits while an API is slow, or while clients send half of what they should.

    python -m tests.benchmarks.serving [--agents 60] [--seconds 15] [--granian]

The portal runs as in production, with two workers, PostgreSQL and Redis. A row for each kind of trouble has the
longest wait at /healthz, for the sign-in page and for a static file, each asked ten times a second.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from urllib.parse import urlsplit

import requests

from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.running import Process, Surroundings, granian, portal, signed_in, surroundings
from tests.support.portal_client import client
from tests.support.probes import Probe, page
from tests.support.slow_clients import HALVES, connections, readers, seconds_until_ended

_PROBED = {"healthz": "/healthz", "sign-in": "/login/", "static": "/static/css/base.css"}
_NUMBERS = itertools.count()


class Waiting:
    """Agents who look up one order after the other before an API that takes so many milliseconds."""

    def __init__(self, address: str, cookie: str, *, agents: int, milliseconds: int) -> None:
        self.statuses: Counter[int] = Counter()
        self.refused_after = 0.0
        self._address = f"{address}/orders/"
        self._cookie = cookie
        self._milliseconds = milliseconds
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(agents)]

    @contextmanager
    def at_work(self) -> Iterator[Waiting]:
        """While the block lasts, and until each has an answer."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._is_over.set()
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        with client() as session:
            while not self._is_over.wait(0.5):
                order = {"customer_id": f"{self._milliseconds}-slow", "order_id": f"20-{next(_NUMBERS)}"}
                started = time.monotonic()
                try:
                    status = session.get(
                        self._address, params=order, headers={"Cookie": self._cookie}, timeout=60
                    ).status_code
                except requests.RequestException:
                    status = 0
                self.statuses[status] += 1
                if status == 503:
                    self.refused_after = max(self.refused_after, time.monotonic() - started)


def main() -> None:
    """Measure each kind, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.serving")
    parser.add_argument("--agents", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--granian", action="store_true", help="with that server, one process and 32 threads")
    asked = parser.parse_args()
    server = granian if asked.granian else portal
    settings = {"WEB_WORKERS": "2", "WEB_THREADS": "32"}
    print(f"{'':34}" + "".join(f"{name:>10}" for name in _PROBED) + "  seconds, the longest; none failed")
    with surroundings(is_static_collected=False) as around, server(around, **settings) as process:
        for row in _rows(around, process, asked.agents, asked.seconds):
            print(row, flush=True)
        print(f"largest worker: {process.memory_mb():.0f} MB", file=sys.stderr)


def _rows(around: Surroundings, process: Process, agents: int, seconds: float) -> Iterator[str]:
    port = urlsplit(process.address).port or 0
    cookie = signed_in(around)
    yield _row("idle", process.address, ExitStack(), min(seconds, 5))
    for milliseconds in (150, 6000):
        waiting = Waiting(process.address, cookie, agents=agents, milliseconds=milliseconds)
        row = _row(f"{agents} agents, API {milliseconds} ms", process.address, waiting.at_work(), seconds)
        yield f"{row}  {dict(waiting.statuses)}, refused after {waiting.refused_after:.2f} s at most"
    for name, sent in HALVES.items():
        with connections(port, agents, sent) as opened:
            row = _row(f"{agents} × {name}", process.address, ExitStack(), min(seconds, 5))
            yield f"{row}  ended after {min(seconds, 5) + seconds_until_ended(opened[-1], 20):.0f} s"
    line = "GET /orders/?customer_id=10-slow&order_id=400-big HTTP/1.1"
    takers = readers(port, agents, f"{line}\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    yield _row(f"{agents} × a large answer not taken", process.address, takers, seconds)


def _row(name: str, address: str, trouble: AbstractContextManager[object], seconds: float) -> str:
    with trouble, ExitStack() as stack:
        time.sleep(0.5)
        probes = [stack.enter_context(page(address + path).at_work()) for path in _PROBED.values()]
        time.sleep(seconds)
    return f"{name:34}" + "".join(f"{_told(probe):>10}" for probe in probes)


def _told(probe: Probe) -> str:
    return f"{probe.slowest:.2f}" if probe.statuses == {200} else f"{sorted(probe.statuses)}"


if __name__ == "__main__":
    with Stoppable():
        main()
