"""`make bench`: how fast the portal is, as ratios. Takes some eight minutes on a quiet machine of two cores.

    python -m tests.benchmarks.portal [--rounds N] [--seconds N] [--requests N]

Every round takes each case once, so that a noisy minute hurts all of them alike; medians over the rounds count.
What is measured runs as in production, with one worker, PostgreSQL and Redis.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.cases import CASES, COLD, HELLO, Site, Values, bytes_on_the_wire, memory
from tests.benchmarks.portal.figures import keep, table
from tests.benchmarks.portal.paint import first_paint
from tests.benchmarks.portal.running import Process, granian, portal, signed_in, surroundings
from tests.support.paths import ROOT

_THREADS = 32
Server = Callable[..., AbstractContextManager[Process]]


def main() -> None:
    """Measure, print and keep."""
    asked = _asked()
    values: Values = {}
    try:
        for found in _measured(asked):
            values |= found
    finally:
        # What was measured is told, also where something failed on the way.
        print(table(values))
    print(f"\nKept in {keep(values).relative_to(ROOT)}")


def _measured(asked: argparse.Namespace) -> Iterator[Values]:
    with surroundings() as around:
        cookie = signed_in(around)

        def measured(of: Callable[[Site], Values], *, seconds: int, server: Server = portal) -> Values:
            with server(around, WEB_WORKERS="1", WEB_THREADS=str(_THREADS), WEB_MAX_REQUESTS="0") as process:
                site = Site(process, around.stub, cookie, seconds)
                for path in (HELLO, COLD):
                    site.look(path)
                return of(site)

        yield measured(lambda site: _repeated(site, asked.rounds), seconds=asked.seconds)
        yield measured(bytes_on_the_wire, seconds=1)
        yield _granian_by_gunicorn(measured, asked.seconds)
        yield {"embed: first paint with an API of 3 s, ms": first_paint(around, times=5)}
        yield measured(lambda site: memory(site, asked.requests), seconds=5)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.portal")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="how long each case lasts")
    parser.add_argument("--requests", type=int, default=50_000, help="after how many the memory is looked at")
    return parser.parse_args()


def _repeated(site: Site, rounds: int) -> Values:
    found: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds):
        for case in CASES:
            for name, value in case(site).items():
                found[name].append(value)
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return {name: statistics.median(all_of_it) for name, all_of_it in found.items()}


def _granian_by_gunicorn(measured: Callable[..., Values], seconds: int) -> Values:
    def of(site: Site) -> Values:
        return {name: site.load(path, connections=16).rate for name, path in (("hello", HELLO), ("page", COLD))}

    ours, theirs = measured(of, seconds=seconds), measured(of, seconds=seconds, server=granian)
    return {f"{name} rate with granian / with gunicorn": theirs[name] / ours[name] for name in ours}


if __name__ == "__main__":
    with Stoppable():
        main()
