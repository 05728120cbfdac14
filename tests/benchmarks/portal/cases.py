"""What is measured, each case against something else in the same minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.benchmarks.portal import wire
from tests.benchmarks.portal.arrivals import Arrivals, arrive
from tests.benchmarks.portal.load import Load, put
from tests.benchmarks.portal.running import Process

HELLO = "/hello"
COLD = "/orders/?customer_id=0-NNN&order_id=20e-NNN"
HARD = "/orders/?customer_id=0-NNN&order_id=20-NNN"
SEEN = "/orders/?customer_id=0-NNN&order_id=20e-same"
WARM = "/orders/?customer_id=0-warm&order_id=20e-warm"
WARM_HARD = "/orders/?customer_id=0-warm&order_id=20-warm"
SLOW = "/orders/?customer_id=150-NNN&order_id=20e-NNN"
LIST = "/customers/?customer_id=0-NNN"
BARE = "/erc/ecommerce/customers/{ms}-NNN/orders/20e-NNN/items"
_CSRF_TOKEN = "bench" + "x" * 27
_SHARES = (0.25, 0.5, 0.75)


class Site(NamedTuple):
    """A running portal with one worker, its upstream, who is signed in, and how long a case lasts (seconds)."""

    portal: Process
    stub: str
    cookie: str
    seconds: int

    def look(self, path: str) -> str:
        """One page, however long it takes."""
        return wire.page(self.portal.address + path, self.headers())

    def load(self, path: str, connections: int = 1) -> Load:
        """Load on the portal's address."""
        return put(self.portal.address + path, seconds=self.seconds, connections=connections, cookie=self.cookie)

    def arrivals(self, path: str, rate: float) -> Arrivals:
        """So many requests a second on the portal's address, three times as long as a case lasts otherwise."""
        return arrive(self.portal.address + path, rate=rate, seconds=3 * self.seconds, cookie=self.cookie)

    def bare(self, milliseconds: int) -> Load:
        """The same load on the upstream itself."""
        return put(self.stub + BARE.format(ms=milliseconds), seconds=self.seconds)

    def cpu(self, path: str) -> float:
        """Milliseconds of the worker's time for an answer, at one connection."""
        before = self.portal.cpu_seconds()
        load = self.load(path)
        return (self.portal.cpu_seconds() - before) / load.requests * 1000

    def found(self, email: str) -> str:
        """Where a search for an e-mail address leads."""
        return wire.redirect(f"{self.portal.address}/find/", {"q": email}, self._finding())

    def searches(self, connections: int = 1) -> Load:
        """By turns a search for an e-mail address, and the list of orders to which it leads."""
        cookie, url = self._finding()["Cookie"], self.portal.address + LIST
        return put(url, seconds=self.seconds, connections=connections, cookie=cookie, CSRF_TOKEN=_CSRF_TOKEN)

    def cpu_of_search(self) -> float:
        """Milliseconds of the worker's time from an e-mail address in the find box to the list of orders."""
        before = self.portal.cpu_seconds()
        load = self.searches()
        return (self.portal.cpu_seconds() - before) / load.requests * 2 * 1000

    def headers(self) -> dict[str, str]:
        """The headers of a browser that is signed in."""
        return {"Cookie": self.cookie}

    def _finding(self) -> dict[str, str]:
        """The headers of one who posts what is to be found."""
        return {"Cookie": f"{self.cookie}; csrftoken={_CSRF_TOKEN}", "X-CSRFToken": _CSRF_TOKEN}


class Sites(NamedTuple):
    """The same portal before two accounts: one has the items alone, the other the whole family of the API."""

    items: Site
    family: Site


Values = dict[str, float]


def cpu(sites: Sites) -> Values:
    """The worker's time for a page, in hellos."""
    site = sites.items
    hello, cold = site.cpu(HELLO), site.cpu(COLD)
    return {
        "hello CPU, ms": hello,
        "page CPU / hello CPU, cold": cold / hello,
        "page CPU / hello CPU, cold, hard-to-pack items": site.cpu(HARD) / hello,
        "page CPU / hello CPU, cold, items seen before": site.cpu(SEEN) / hello,
        "page CPU / hello CPU, warm": site.cpu(WARM) / hello,
    }


def family(sites: Sites) -> Values:
    """The worker's time for what leads to an order, and for what stands above its items, in hellos."""
    hello, alone = sites.items.cpu(HELLO), sites.items.cpu(COLD)
    listed = sites.family.cpu(LIST)
    return {
        "search (e-mail) to orders' list, CPU / hello CPU": sites.family.cpu_of_search() / hello,
        "orders' list CPU / hello CPU": listed / hello,
        "order with header against items alone, CPU / hello CPU more": (sites.family.cpu(COLD) - alone) / hello,
    }


def rates(sites: Sites) -> Values:
    """Pages a second, in hellos a second."""
    site = sites.items
    page, hello = site.load(COLD, 16).rate, site.load(HELLO, 16).rate
    return {"page rate / hello rate, 16 connections": page / hello}


def latency(sites: Sites) -> Values:
    """What the portal adds to the upstream's own time, for one agent after another."""
    bare, page = sites.items.bare(0), sites.items.load(COLD)
    return {
        "added p95 over the bare call, 1 connection, ms": page.p95 - bare.p95,
        "p99 / p50, 1 connection": page.p99 / page.p50,
    }


def open_loop(sites: Sites) -> Values:
    """What agents wait for who ask at random, for whole orders, so often that a core is busy to some share."""
    site = sites.family
    cost = site.cpu(COLD)
    rates = {share: share * 1000 / cost for share in _SHARES}
    bare = arrive(site.stub + BARE.format(ms=150), rate=rates[0.5], seconds=site.seconds)
    values: Values = {}
    for share, rate in rates.items():
        before = site.portal.cpu_seconds()
        found = site.arrivals(SLOW, rate)
        used = (site.portal.cpu_seconds() - before) / found.seconds
        name = f"open loop, {share:.0%} of a core, API of 150 ms"
        values |= {
            f"{name}: p50 − bare p50, ms": found.p50 - bare.p50,
            f"{name}: p95 − bare p95, ms": found.p95 - bare.p95,
            f"{name}: share of a core that was used": used,
            f"{name}: orders a second": found.rate,
        }
    return values


def cards(sites: Sites) -> Values:
    """The worker's time for each further card, from 20 to 200, in hellos."""
    site = sites.items
    hello = site.cpu(HELLO)

    def slope(path: str) -> float:
        many = path.replace("order_id=20", "order_id=200") + "&limit=200"
        return (site.cpu(many) - site.cpu(path)) / 180 / hello

    return {
        "CPU per further item / hello CPU": slope(COLD),
        "CPU per further item / hello CPU, hard-to-pack items": slope(HARD),
    }


def bytes_on_the_wire(sites: Sites) -> Values:
    """Sizes, gzipped."""
    site, values = sites.items, Values()
    kinds = {"believable": (WARM, "20e-warm"), "hard-to-pack": (WARM_HARD, "20-warm")}
    for kind, (path, order_id) in kinds.items():
        page, headers = site.portal.address + path, site.headers()
        answer = len(wire.fetched(f"{site.stub}/erc/ecommerce/customers/0-warm/orders/{order_id}/items", {}))
        values |= {
            f"first load, gzipped, {kind} items, kB": wire.first_load(page, headers) / 1000,
            f"fragment gzipped / JSON gzipped, {kind} items": wire.fragment(page, headers) / answer,
        }
    return values


def memory(site: Site, requests: int) -> Values:
    """The worker's memory after so many requests, a tenth of them pages of items never seen before."""
    grown = [_after(site, requests // 2) for _ in range(2)]
    return {
        f"memory per worker after {requests:,} requests, MB": grown[1],
        "memory grown in the last half of them, MB": grown[1] - grown[0],
    }


def _after(site: Site, requests: int) -> float:
    left = {HELLO: requests * 9 // 10, COLD: requests // 10}
    for path, count in left.items():
        done = 0
        while done < count:
            done += site.load(path, connections=8).requests
    return site.portal.memory_mb()


CASES: tuple[Callable[[Sites], Values], ...] = (cpu, family, rates, latency, open_loop, cards)
"""Those that are repeated, in turn; their medians count."""
