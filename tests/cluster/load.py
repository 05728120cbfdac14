"""Agents who look orders up at a steady pace, and what came of it."""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import requests

from tests.support.portal_client import AS_BY_PROXY, client, signed_in
from tests.support.stub_erc import Asked, Reply, item, page

_OWN = re.compile(r"customers/([^/]+)/orders/([^/]+)/")
_SHOWN = re.compile(r"ware of (\S+), order (\S+)!")


def own_item(asked: Asked) -> Reply:
    """An answer whose item names the customer and the order that were asked for."""
    own = _OWN.search(asked.path)
    assert own, asked.path
    return Reply(content=page(item(name=f"ware of {own[1]}, order {own[2]}!")))


class Answer(NamedTuple):
    """When an agent asked and had the answer, its status (0 for none), its reference, whose items it shows."""

    began: float
    ended: float
    status: int
    reference: str = ""
    shows: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_good(self) -> bool:
        """Whether it brought items."""
        return self.status == 200 and bool(self.shows)

    @property
    def seconds(self) -> float:
        """How long the agent waited."""
        return self.ended - self.began


class SignedIn:
    """The sign-in that agents at an address share. Whoever finds it ended signs in anew, for all of them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookie = signed_in(address)
        self._lock = threading.Lock()

    def renew(self, ended: str) -> None:
        """Sign in by the form, unless another agent has done so since the cookie ended."""
        with self._lock:
            if self.cookie == ended:
                self.cookie = signed_in(self.address)


class Agent:
    """Asks for the next of a customer's orders every `pause` seconds, on a connection that is kept."""

    def __init__(self, signed_in: SignedIn, customer: str, orders: Iterator[str], *, pause: float) -> None:
        self.answers: list[Answer] = []
        self.saw_others = False
        self._signed_in = signed_in
        self._customer = customer
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
        with client() as session:
            while not self._has_ended.is_set():
                answer = self._ask(session, next(self._orders))
                self.answers.append(answer)
                self._has_ended.wait(max(0.0, answer.began + self._pause - time.monotonic()))

    def _ask(self, session: requests.Session, order_id: str) -> Answer:
        order = {"customer_id": self._customer, "order_id": order_id, "refresh": "1"}
        cookie = self._signed_in.cookie
        headers = {**AS_BY_PROXY, "Cookie": cookie}
        address = f"{self._signed_in.address}/orders/"
        began = time.monotonic()
        try:
            answer = session.get(address, params=order, headers=headers, allow_redirects=False, timeout=30)
        except requests.RequestException:
            return Answer(began, time.monotonic(), 0)
        ended = time.monotonic()
        if answer.status_code == 302:
            self._signed_in.renew(cookie)
        shows = frozenset(_SHOWN.findall(answer.text))
        self.saw_others = self.saw_others or not shows <= {(self._customer, order_id)}
        return Answer(began, ended, answer.status_code, answer.headers.get("X-Correlation-ID", ""), shows)


@contextmanager
def at_work(agents: Sequence[Agent], *, apart: float = 0.0) -> Iterator[None]:
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


def fresh() -> Iterator[str]:
    """Another order each time."""
    return (f"O-{number}" for number in itertools.count())
