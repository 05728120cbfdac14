"""Agents who ask at the one address, each on a connection that is kept, and what they got."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.cluster.site import Site
from tests.support.portal_client import client


class Request(NamedTuple):
    """When it began and ended, the status (0 for none), the answer's reference, and what came instead of one."""

    began: float
    ended: float
    status: int
    reference: str
    error: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether the agent got what was asked for."""
        return self.status == 200

    @property
    def seconds(self) -> float:
        """How long the agent waited."""
        return self.ended - self.began


# As browsers do, once more for a GET whose kept connection the server closes before it answers (RFC 9112 section
# 9.3.1), which nginx may do whenever its configuration changes.
_AS_BROWSERS = Retry(total=1, connect=0, status=0, allowed_methods={"GET"})

Ask = Callable[[Site, requests.Session, int], requests.Response]


def look_up(site: Site, session: requests.Session, number: int) -> requests.Response:
    """An order's items."""
    order = {"customer_id": "C-1", "order_id": f"L-{number}"}
    return session.get(f"{site.address}/orders/", params=order, headers={"Cookie": site.cookie}, timeout=30)


def launch(site: Site, session: requests.Session, _number: int) -> requests.Response:
    """The panel for a fresh token, which nobody may ask for twice."""
    return session.post(f"{site.address}/embed/launch", {"token": site.launch_token()}, timeout=30)


class Agents:
    """Ask over and over, for orders that nobody has asked for."""

    _numbers = itertools.count()

    def __init__(self, site: Site, *ways: Ask) -> None:
        self.requests: list[Request] = []
        self._site = site
        self._may_go_on = True
        self._threads = [threading.Thread(target=self._work, args=(way,)) for way in ways]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block lasts."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._may_go_on = False
            for thread in self._threads:
                thread.join()

    def lost(self) -> list[Request]:
        """Those that brought nothing."""
        return [one for one in self.requests if not one.is_answered]

    def _work(self, ask: Ask) -> None:
        with client(self._site.certificate) as session:
            session.mount("https://", HTTPAdapter(max_retries=_AS_BROWSERS))
            while self._may_go_on:
                began = time.monotonic()
                status, reference, problem = 0, "", ""
                try:
                    answer = ask(self._site, session, next(self._numbers))
                    status, reference = answer.status_code, answer.headers.get("X-Correlation-ID", "")
                except requests.RequestException as error:
                    problem = repr(error)
                self.requests.append(Request(began, time.monotonic(), status, reference, problem))
                time.sleep(0.03)
