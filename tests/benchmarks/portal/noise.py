"""Notices what other processes and other machines took of the processor while something was measured."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from tests.benchmarks.portal.load import LoadFailedError

MAX_TAKEN = 0.1
"""How much others may take, in cores, before what was measured counts as disturbed."""

_TICKS = os.sysconf("SC_CLK_TCK")
_PR_SET_CHILD_SUBREAPER = 36
_Found = TypeVar("_Found")


class Clock(NamedTuple):
    """Seconds since some moment: on the wall, of the processor for all, for these processes, and not to be had."""

    wall: float
    busy: float
    own: float
    stolen: float

    @classmethod
    def now(cls) -> Self:
        """Read it."""
        user, nice, system, _idle, _waiting, _irq, _softirq, steal = (
            int(ticks) / _TICKS for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
        )
        return cls(time.monotonic(), user + nice + system, sum(map(_seconds, _own())), steal)


class Noise(NamedTuple):
    """What others took meanwhile, in cores: other processes, and other machines on the same processors."""

    foreign: float
    stolen: float

    @classmethod
    def between(cls, before: Clock, after: Clock) -> Self:
        """What they took from one moment to the other."""
        seconds = after.wall - before.wall
        foreign = (after.busy - before.busy) - (after.own - before.own)
        return cls(max(0.0, foreign) / seconds, (after.stolen - before.stolen) / seconds)

    @property
    def is_disturbing(self) -> bool:
        """Whether it is so much that what was measured is not to be relied on."""
        return self.foreign + self.stolen > MAX_TAKEN

    def __str__(self) -> str:
        return f"steal {self.stolen:.2f}, other processes {self.foreign:.2f} of a core"


def adopt() -> None:
    """Have servers that leave their parents, as PostgreSQL does, count as processes of this one."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def watched(name: str, step: Callable[[], _Found]) -> tuple[_Found | None, bool]:
    """Take a step, once more where others disturbed it, and give the quieter result and whether it is disturbed.

    There is no result where its load failed each time. Raises LoadFailedError where others did not disturb it.
    """
    result, noise = _tried(step)
    if noise.is_disturbing:
        print(f"{name}: {noise}; once more", file=sys.stderr)
        again, noise_again = _tried(step)
        if result is None or (again is not None and sum(noise_again) < sum(noise)):
            result, noise = again, noise_again
        if noise.is_disturbing:
            print(f"{name}: {noise}; disturbed", file=sys.stderr)
    if result is None and not noise.is_disturbing:
        raise LoadFailedError(f"{name} failed, with {noise}")
    return result, noise.is_disturbing


def _tried(step: Callable[[], _Found]) -> tuple[_Found | None, Noise]:
    """What came of it, None where its load failed, and the noise meanwhile."""
    before = Clock.now()
    try:
        result = step()
    except LoadFailedError as error:
        print(error, file=sys.stderr)
        result = None
    return result, Noise.between(before, Clock.now())


def seconds_of(name: str) -> float:
    """The processor's time of the processes of that name below this one, with those that they have outlived."""
    return sum(_seconds(pid) for pid in _own() if Path(f"/proc/{pid}/comm").read_text().strip() == name)


def _own() -> set[int]:
    """This process and those below it."""
    stats = {int(folder.name): _stat(int(folder.name)) for folder in Path("/proc").glob("[0-9]*")}
    own = {os.getpid()}
    while more := {pid for pid, fields in stats.items() if fields and int(fields[1]) in own} - own:
        own |= more
    return own


def _seconds(pid: int) -> float:
    """The time of a process and of its children that have ended; none of one that has ended itself."""
    return sum(map(int, _stat(pid)[11:15])) / _TICKS


def _stat(pid: int) -> list[str]:
    """The fields of a process after its name; none where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
