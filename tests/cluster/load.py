"""Agents who look orders up at a steady pace, and what came of it."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.cluster.site import Site, client


class Agent:
    """Asks for the next of `orders` every `pause` seconds, on a connection that is kept."""

    def __init__(self, site: Site, orders: Iterator[str], pause: float) -> None:
        self.statuses: Counter[int] = Counter()
        self._site = site
        self._orders = orders
        self._pause = pause
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let it ask no more once it has its answer."""
        self._has_ended.set()

    def wait(self) -> None:
        """Return once it has stopped."""
        self._thread.join()

    def _work(self) -> None:
        with client(self._site.certificate) as session:
            while not self._has_ended.is_set():
                began = time.monotonic()
                self.statuses[self._ask(session, next(self._orders))] += 1
                self._has_ended.wait(max(0.0, began + self._pause - time.monotonic()))

    def _ask(self, session: requests.Session, order_id: str) -> int:
        order = {"customer_id": "C-1", "order_id": order_id, "refresh": "1"}
        said = {"Cookie": self._site.cookie}
        try:
            return session.get(f"{self._site.address}/orders/", params=order, headers=said, timeout=30).status_code
        except requests.RequestException:
            return 0


@contextmanager
def at_work(agents: list[Agent], *, apart: float = 0.0) -> Iterator[None]:
    """The agents ask while the block lasts; each begins so many seconds after the one before."""
    for agent in agents:
        agent.start()
        time.sleep(apart)
    try:
        yield
    finally:
        for agent in agents:
            agent.ask_to_stop()
        for agent in agents:
            agent.wait()


def always(order_id: str) -> Iterator[str]:
    """The same order over and over."""
    return itertools.repeat(order_id)


def fresh(prefix: str) -> Iterator[str]:
    """Another order each time."""
    return (f"{prefix}-{number}" for number in itertools.count())


def wait_for_look_ups(agents: list[Agent], number: int) -> None:
    """Return once the agents have had so many answers together."""
    while sum(agent.statuses.total() for agent in agents) < number:
        time.sleep(0.05)


def refused_share(agents: list[Agent]) -> float:
    """The share of the agents' look-ups that brought no items."""
    statuses = sum((agent.statuses for agent in agents), Counter[int]())
    return 1 - statuses[200] / statuses.total()
