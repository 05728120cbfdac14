"""What is measured, each case against something else in the same minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.benchmarks.portal import wire
from tests.benchmarks.portal.load import Load, put
from tests.benchmarks.portal.running import Process

HELLO = "/hello"
COLD = "/orders/?customer_id=0-NNN&order_id=20-NNN"
SEEN = "/orders/?customer_id=0-NNN&order_id=20-same"
WARM = "/orders/?customer_id=0-warm&order_id=20-warm"
SLOW = "/orders/?customer_id=150-NNN&order_id=20-NNN"
BARE = "/erc/ecommerce/customers/{ms}-NNN/orders/20-NNN/items"
# At 150 ms each they keep half a core busy.
_BUSY = 6


class Site(NamedTuple):
    """A running portal with one worker, its upstream, who is signed in, and how long a case lasts (seconds)."""

    portal: Process
    stub: str
    cookie: str
    seconds: int

    def look(self, path: str) -> None:
        """One request, however long it takes."""
        wire.fetched(self.portal.address + path, self.headers())

    def load(self, path: str, connections: int = 1) -> Load:
        """Load on the portal's address."""
        return put(self.portal.address + path, seconds=self.seconds, connections=connections, cookie=self.cookie)

    def bare(self, milliseconds: int, connections: int = 1) -> Load:
        """The same load on the upstream itself."""
        path = BARE.format(ms=milliseconds)
        return put(self.stub + path, seconds=self.seconds, connections=connections)

    def cpu(self, path: str) -> float:
        """Milliseconds of the worker's time for an answer, at one connection."""
        before = self.portal.cpu_seconds()
        load = self.load(path)
        return (self.portal.cpu_seconds() - before) / load.requests * 1000

    def headers(self) -> dict[str, str]:
        """The headers of a browser that is signed in."""
        return {"Cookie": self.cookie}


Values = dict[str, float]


def cpu(site: Site) -> Values:
    """The worker's time for a page, in hellos."""
    hello = site.cpu(HELLO)
    return {
        "hello CPU, ms": hello,
        "page CPU / hello CPU, cold": site.cpu(COLD) / hello,
        "page CPU / hello CPU, cold, items seen before": site.cpu(SEEN) / hello,
        "page CPU / hello CPU, warm": site.cpu(WARM) / hello,
    }


def rates(site: Site) -> Values:
    """Pages a second, in hellos a second."""
    return {
        f"page rate / hello rate, {count} connection{'s' if count > 1 else ''}": site.load(COLD, count).rate
        / site.load(HELLO, count).rate
        for count in (1, 16, 64)
    }


def latency(site: Site) -> Values:
    """What the portal adds to the upstream's own time."""
    bare, page = site.bare(0), site.load(COLD)
    slow_bare, slow = site.bare(150), site.load(SLOW)
    return {
        "added p95 over the bare call, ms": page.p95 - bare.p95,
        "p99 / p50, 1 connection": page.p99 / page.p50,
        "added p95 over the bare call of 150 ms, ms": slow.p95 - slow_bare.p95,
        "p95 / bare p95 at 150 ms, 6 connections": site.load(SLOW, _BUSY).p95 / site.bare(150, _BUSY).p95,
    }


def cards(site: Site) -> Values:
    """The worker's time for each further card, from 20 to 200, in hellos."""
    hello = site.cpu(HELLO)

    def slope(path: str) -> float:
        many = path.replace("order_id=20-", "order_id=200-") + "&limit=200"
        return (site.cpu(many) - site.cpu(path)) / 180 / hello

    return {
        "CPU per further card / hello CPU": slope(COLD),
        "CPU per further card / hello CPU, items seen before": slope(SEEN),
    }


def bytes_on_the_wire(site: Site) -> Values:
    """Sizes, gzipped."""
    page, headers = site.portal.address + WARM, site.headers()
    answer = len(wire.fetched(site.stub + "/erc/ecommerce/customers/0-warm/orders/20-warm/items", {}))
    return {
        "first load, gzipped, kB": wire.first_load(page, headers) / 1000,
        "fragment gzipped / JSON gzipped": wire.fragment(page, headers) / answer,
    }


def memory(site: Site, requests: int) -> Values:
    """The worker's memory after so many requests, a tenth of them pages of items never seen before."""
    grown = [_after(site, requests // 2) for _ in range(2)]
    return {
        "memory per worker after 50,000 requests, MB": grown[1],
        "memory grown in the last half of them, MB": grown[1] - grown[0],
    }


def _after(site: Site, requests: int) -> float:
    left = {HELLO: requests * 9 // 10, COLD: requests // 10}
    for path, count in left.items():
        done = 0
        while done < count:
            done += site.load(path, connections=8).requests
    return site.portal.memory_mb()


CASES: tuple[Callable[[Site], Values], ...] = (cpu, rates, latency, cards)
"""Those that are repeated, in turn; their medians count."""
