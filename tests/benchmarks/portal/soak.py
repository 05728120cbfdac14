"""Agents at work for long, half of them searching, to see errors and memory that grows.

    python -m tests.benchmarks.portal.soak [--minutes 10] [--agents 200] [--think 5]

The portal runs as in production, with two workers, PostgreSQL and Redis, before an API that takes 150 ms. Prints a
line each minute, then the verdict; the exit code is 1 where that is bad.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.agents import Agents, LookUp
from tests.benchmarks.portal.running import Process, portal, signed_in, surroundings

FLAT_MB = 5.0
"""Growth from the second quarter to the last one that is still called flat."""

_MINUTE = 60.0
_WORKERS = 2


class Minute(NamedTuple):
    """What came of the look-ups of a minute, or of what was left of it; memory is the largest worker's, in MB."""

    look_ups: int
    troubles: Counter[str]
    p50: float
    p95: float
    memory: Sequence[float]

    def __str__(self) -> str:
        told = ", ".join(f"{count} {trouble}" for trouble, count in self.troubles.items()) or "0 errors"
        return (
            f"{self.look_ups} requests, {told}, p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms, "
            f"{max(self.memory):.1f} MB"
        )


def main() -> None:
    """Soak, print, judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.portal.soak")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--think", type=float, default=5, help="seconds that an agent reads, on average")
    asked = parser.parse_args()
    minutes = []
    for number, minute in enumerate(soaked(asked.minutes, asked.agents, asked.think), start=1):
        print(f"minute {number}: {minute}", flush=True)
        minutes.append(minute)
    faults = verdict(minutes)
    print("\n".join(faults) or "No error, and memory is flat.")
    sys.exit(bool(faults))


def soaked(minutes: float, agents: int, think: float) -> Iterator[Minute]:
    """Each minute of it, as it ends."""
    with (
        surroundings(is_static_collected=False) as around,
        portal(around, WEB_WORKERS=str(_WORKERS)) as process,
    ):
        at_work = Agents(process.address, signed_in(around), count=agents, think=think)
        left = minutes * _MINUTE
        with at_work.at_work():
            while left > _MINUTE:
                memory = _watched(process, _MINUTE)
                yield summed_up(at_work.taken(), memory)
                left -= _MINUTE
            memory = _watched(process, left)
        yield summed_up(at_work.taken(), memory)


def _watched(process: Process, seconds: float) -> list[float]:
    ends = time.monotonic() + seconds
    memory = []
    while (left := ends - time.monotonic()) > 0:
        time.sleep(min(left, 0.5))
        memory.append(process.memory_mb())
    return memory


def summed_up(look_ups: Sequence[LookUp], memory: Sequence[float]) -> Minute:
    """The figures of some look-ups, and of the memory meanwhile."""
    times = sorted(look_up.milliseconds for look_up in look_ups)
    troubles = Counter(look_up.trouble for look_up in look_ups if look_up.trouble)

    def share(of_them: float) -> float:
        return times[math.ceil(of_them * len(times)) - 1] if times else 0.0

    return Minute(len(times), troubles, share(0.5), share(0.95), memory)


def verdict(minutes: Sequence[Minute]) -> list[str]:
    """What is wrong, a sentence each; nothing where no look-up failed and memory is flat."""
    faults = []
    if not any(minute.look_ups for minute in minutes):
        faults.append("Nobody looked anything up.")
    if failed := sum(minute.troubles.total() for minute in minutes):
        faults.append(f"Look-ups that failed: {failed}.")
    memory = [megabytes for minute in minutes for megabytes in minute.memory]
    quarter = len(memory) // 4
    if not quarter:
        return [*faults, "Too short to tell whether memory grows."]
    grown = max(memory[-quarter:]) - max(memory[quarter : 2 * quarter])
    if grown > FLAT_MB:
        faults.append(f"A worker's memory grew by {grown:.1f} MB from the second quarter to the last.")
    return faults


if __name__ == "__main__":
    with Stoppable():
        main()
