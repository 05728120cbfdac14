"""Somebody who asks for one address again and again, each time on a new connection, and how long that took."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import requests

from tests.support.portal_client import AS_BY_PROXY, client, sign_in, sign_in_form

_PAUSE_SECONDS = 0.1
_TIMEOUT_SECONDS = 30.0


class Asked(NamedTuple):
    """How long it took, and the status; 0 where there was none."""

    seconds: float
    status: int


class Probe:
    """What was asked meanwhile; `ask` is given a session of its own and answers with a status."""

    def __init__(self, ask: Callable[[requests.Session], int], pause: float = _PAUSE_SECONDS) -> None:
        self.asked: list[Asked] = []
        self._ask = ask
        self._pause = pause
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work)

    @contextmanager
    def at_work(self) -> Iterator[Probe]:
        """While the block lasts, and until the last answer is there."""
        self._thread.start()
        try:
            yield self
        finally:
            self._is_over.set()
            self._thread.join()

    @property
    def slowest(self) -> float:
        """The longest wait, in seconds."""
        return max(one.seconds for one in self.asked)

    @property
    def statuses(self) -> set[int]:
        """Which there were; 0 stands for none."""
        return {one.status for one in self.asked}

    def _work(self) -> None:
        while not self.asked or not self._is_over.wait(self._pause):
            started = time.monotonic()
            with client() as session:
                try:
                    status = self._ask(session)
                except requests.RequestException:
                    status = 0
            self.asked.append(Asked(time.monotonic() - started, status))


def page(address: str) -> Probe:
    """A probe of a page that anybody may get."""
    return Probe(lambda session: session.get(address, headers=AS_BY_PROXY, timeout=_TIMEOUT_SECONDS).status_code)


def password(address: str) -> Probe:
    """A probe of the portal there that sends the agent's name and password, once a second: it costs a core."""
    form = sign_in_form(address)
    return Probe(lambda session: sign_in(session, form).status_code, pause=1.0)
