"""`make bench`: how fast the portal is, as ratios. Takes less than ten minutes on a quiet machine of two cores.

    python -m tests.benchmarks.portal [--rounds N] [--seconds N] [--requests N]

Every round takes each case once, so that a noisy minute hurts all of them alike; medians over the rounds count.
What is measured runs as in production, with one worker, PostgreSQL and Redis. A case that other processes
disturbed is taken once more; a figure one of whose cases was disturbed all the same is marked.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.bodies import LISTED
from tests.benchmarks.portal.cases import (
    CASES,
    COLD,
    HELLO,
    LIST,
    Site,
    Sites,
    Values,
    bytes_on_the_wire,
    memory,
)
from tests.benchmarks.portal.figures import keep, table
from tests.benchmarks.portal.noise import adopt, watched
from tests.benchmarks.portal.paint import panels
from tests.benchmarks.portal.running import Surroundings, portal, signed_in, surroundings
from tests.benchmarks.portal.stub import ITEMS_CLIENT
from tests.support.paths import ROOT

_ONE_WORKER = {"WEB_WORKERS": "1", "WEB_THREADS": "32", "WEB_MAX_REQUESTS": "0"}
_LAUNCHES = 5


def main() -> None:
    """Measure, print and keep."""
    bench = Bench(_asked())
    try:
        bench.measure()
    finally:
        # What was measured is told, also where something failed on the way.
        values = {name: statistics.median(all_of_it) for name, all_of_it in bench.found.items()}
        print(table(values, bench.disturbed))
        print(f"\nKept in {keep(values, bench.disturbed).relative_to(ROOT)}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.portal")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="how long each case lasts")
    parser.add_argument("--requests", type=int, default=50_000, help="after how many the memory is looked at")
    return parser.parse_args()


class Bench:
    """A run; `found` are the values of each figure so far, `disturbed` the figures that others disturbed."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self.found: dict[str, list[float]] = defaultdict(list)
        self.disturbed: set[str] = set()

    def measure(self) -> None:
        """Take all cases."""
        adopt()
        with surroundings() as around:
            cookie = signed_in(around)
            self._measure_sites(around, cookie)
            with panels(around) as launched:
                self._take("panel", partial(launched.waits, _LAUNCHES))
            with portal(around, **_ONE_WORKER) as process:
                # Memory is what it is, whoever else runs; to fill it again would take minutes.
                self._add(memory(Site(process, around.stub, cookie, 5), self._asked.requests))

    def _measure_sites(self, around: Surroundings, cookie: str) -> None:
        of_items = {**_ONE_WORKER, "ERC_CLIENT_ID": ITEMS_CLIENT}
        with portal(around, **of_items) as items, portal(around, **_ONE_WORKER) as family:
            sites = Sites(*(Site(one, around.stub, cookie, self._asked.seconds) for one in (items, family)))
            _warm_up(sites)
            for number in range(self._asked.rounds):
                for case in CASES:
                    self._take(case.__name__, partial(case, sites))
                print(f"round {number + 1} of {self._asked.rounds}", file=sys.stderr)
            self._add(bytes_on_the_wire(sites))

    def _take(self, name: str, case: Callable[[], Values]) -> None:
        values, is_disturbed = watched(name, case)
        if values is None:
            print(f"{name}: left out", file=sys.stderr)
            return
        self._add(values)
        if is_disturbed:
            self.disturbed |= set(values)

    def _add(self, values: Values) -> None:
        for name, value in values.items():
            self.found[name].append(value)


def _warm_up(sites: Sites) -> None:
    """Look at a page of each; raises AssertionError where something is not as the cases take it to be."""
    for site, has_header in zip(sites, (False, True), strict=True):
        site.look(HELLO)
        for number in range(2):
            page = site.look(COLD.replace("NNN", f"first{number}"))
        assert "data-item-id" in page
        assert ("data-order-number" in page) is has_header
    assert sites.family.found("0-first@mail.example") == LIST.replace("NNN", "first")
    assert sites.family.look(LIST.replace("NNN", "first")).count("data-order-id=") == LISTED


if __name__ == "__main__":
    with Stoppable():
        main()
