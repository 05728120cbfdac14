"""Agents at work while an instance hangs: what they see of it, and what nginx does meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import psycopg

from tests.cluster.instances import Instance
from tests.cluster.proxy_watch import Watching
from tests.cluster.site import Site
from tests.cluster.site_agents import Agents, Request, look_up

AGENTS = 6
_BEFORE_SECONDS = 1.5
_MEANWHILE_SECONDS = 3.0
# From the moment that it is marked: nginx has read so, and what it still passed on is cut.
_SETTLED_SECONDS = 1.0
_AFTERWARDS_SECONDS = 2.0
_PATIENCE_SECONDS = 20.0


class Seen(NamedTuple):
    """What was seen from the moment that the instance hung. Times are in seconds."""

    lost: list[Request]
    longest: float
    longest_before: float
    """The longest wait with nothing wrong."""
    slow: int
    """How many waited for longer than that."""
    marked_after: float
    back_after: float
    """From the moment that it goes on until it is given back."""
    passed_on_meanwhile: int
    """How many requests nginx passed on to it while it was marked."""
    answered_meanwhile: int
    passed_on_afterwards: int
    """How many it answered once it was back."""
    not_recorded: int
    """How many answers have no row in the access log."""
    recorded_twice: int
    """How many requests were begun by the one and answered by the other, and have a row of each."""

    def __str__(self) -> str:
        return (
            f"longest GET {self.longest:.2f} s ({self.longest_before:.2f} s before), {self.slow} longer than that,"
            f" {len(self.lost)} lost; marked after {self.marked_after:.2f} s, back after {self.back_after:.2f} s; "
            f"{self.answered_meanwhile} answered meanwhile, {self.recorded_twice} recorded twice"
        )


def hang(
    site: Site, instance: Instance, watch: Watching, begin: Callable[[], None], end: Callable[[], None]
) -> Seen:
    """Let it hang for some seconds with agents at work, and then go on."""
    agents = Agents(site, *[look_up] * AGENTS)
    with agents.at_work():
        time.sleep(_BEFORE_SECONDS)
        began = time.monotonic()
        begin()
        marked_after = watch.wait_for([instance.host_and_port], _PATIENCE_SECONDS)
        time.sleep(_SETTLED_SECONDS)
        settled = len(_log(site))
        time.sleep(_MEANWHILE_SECONDS)
        ended = len(_log(site))
        end()
        back_after = watch.wait_for([], _PATIENCE_SECONDS)
        back = len(_log(site))
        time.sleep(_AFTERWARDS_SECONDS)
    before = [one.seconds for one in agents.requests if one.ended <= began]
    since = [one.seconds for one in agents.requests if one.ended > began]
    meanwhile, afterwards = _log(site)[settled:ended], _log(site)[back:]
    rows = _rows(site)
    return Seen(
        lost=agents.lost(),
        longest=max(since),
        longest_before=max(before),
        slow=sum(seconds > max(before) for seconds in since),
        marked_after=marked_after,
        back_after=back_after,
        passed_on_meanwhile=_passed_on(meanwhile, instance),
        answered_meanwhile=len(meanwhile),
        passed_on_afterwards=_passed_on(afterwards, instance),
        not_recorded=sum(not rows[one.reference] for one in agents.requests if one.is_answered),
        recorded_twice=sum(rows[one.reference] > 1 for one in agents.requests),
    )


def _log(site: Site) -> list[str]:
    return (site.folder / "portal.log").read_text().splitlines()


def _passed_on(lines: list[str], instance: Instance) -> int:
    return sum(instance.host_and_port in line for line in lines)


def _rows(site: Site) -> Counter[str]:
    with psycopg.connect(site.database) as connection:
        query = "select correlation_id from orders_accesslogentry where outcome = 'ok'"
        return Counter(reference for (reference,) in connection.execute(query))
