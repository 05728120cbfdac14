"""Agents at work: half look orders up, half search for customers; each reads for a while before the next step."""

from __future__ import annotations

import gzip
import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

# The names say that the API takes 150 ms, and that an order has 20 items (see `stub.py`).
_ORDER = "/orders/?customer_id=150-soak&order_id=20-{agent}x{number}"
_EMAIL = "150-{agent}x{number}@mail.example"
_TOKEN = "soak" + "x" * 28
_TIMEOUT_SECONDS = 30


class LookUp(NamedTuple):
    """How long it took, and what was wrong with it; empty where it brought the items, or a customer's orders."""

    milliseconds: float
    trouble: str


class Agents:
    """So many of them, each on a connection that is kept; `think` is how many seconds they read, on average.

    Every other one searches for a customer by e-mail address, and so comes to the list of their orders.
    """

    def __init__(self, address: str, cookie: str, *, count: int, think: float) -> None:
        self._address = address
        self._headers = {
            "Cookie": f"{cookie}; csrftoken={_TOKEN}",
            "X-CSRFToken": _TOKEN,
            "Accept-Encoding": "gzip",
        }
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
            if agent % 2:
                trouble = line.search(_EMAIL.format(agent=agent, number=number))
            else:
                trouble = line.look_up(_ORDER.format(agent=agent, number=number))
            with self._lock:
                self._look_ups.append(LookUp((time.monotonic() - started) * 1000, trouble))
            number += 1
        line.close()


class _Unexpected(Exception):
    """A page that is not what it should be, in few words."""


class _Line:
    """A browser's connection: kept, and opened again where the server has closed it meanwhile."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_SECONDS)
        self._headers = headers

    def look_up(self, path: str) -> str:
        """What is wrong with an order's page; empty where it has items."""
        return self._trouble_with(lambda: self._page(path, b"data-item-id"))

    def search(self, email: str) -> str:
        """What is wrong with a search and the page that it leads to; empty where that has orders."""
        return self._trouble_with(lambda: self._page(self._found(email), b"data-order-id"))

    def close(self) -> None:
        self._connection.close()

    def _trouble_with(self, step: Callable[[], None]) -> str:
        try:
            step()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return type(error).__name__
        except _Unexpected as error:
            return str(error)
        return ""

    def _page(self, path: str, sign: bytes) -> None:
        answer, body = self._asked("GET", path)
        if answer.status != HTTPStatus.OK:
            raise _Unexpected(f"status {answer.status}")
        if sign not in gzip.decompress(body):
            raise _Unexpected(f"no {sign.decode()}")

    def _found(self, email: str) -> str:
        answer, _ = self._asked("POST", "/find/", urlencode({"q": email}))
        if answer.status != HTTPStatus.SEE_OTHER:
            raise _Unexpected(f"status {answer.status} of a search")
        return answer.headers["Location"]

    def _asked(self, method: str, path: str, form: str | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        if self._connection.sock:
            with suppress(ConnectionError):
                return self._answered(method, path, form)
            self.close()
        return self._answered(method, path, form)

    def _answered(self, method: str, path: str, form: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self._connection.request(method, path, form, {**self._headers, **kind})
        answer = self._connection.getresponse()
        return answer, answer.read()
