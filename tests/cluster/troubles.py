"""The table of what may fail under the portal, with what agents may see of it. `test_chaos.py` runs each row.

To add a row, write what is done as a context manager over a `Scene` (done on entry, undone on exit) and put it
into `TROUBLES` with what may be seen. What is seen holds strictly. Times are those of a quiet machine; the test
allows more, and the report marks what was missed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from tests.cluster import failing_api, failing_processes, failing_stores
from tests.cluster.instances import Instance
from tests.cluster.servers import Servers
from tests.cluster.watch import Scene

OK = frozenset({200})
OR_REFUSED = frozenset({200, 503})
"""A 503 says that it passes, and when to try again."""


class Trouble(NamedTuple):
    """A row: what is done, and what agents, balancers and those who sign in may see until all is well again."""

    name: str
    begins: Callable[[Scene], AbstractContextManager[None]]
    seconds: float = 3.0
    """How long it lasts, ..."""
    look_ups: int = 0
    """... and at least how many look-ups."""
    own_instance: Callable[[Servers, Path], AbstractContextManager[Instance]] | None = None
    """An instance for this row alone; else one with two workers that all rows share."""
    agents: int = 8
    pause: float = 0.25
    sees: frozenset[int] = OK
    """The statuses of look-ups, ..."""
    refused_share: float = 0.0
    """... how many of them may bring no items, ..."""
    longest: float = 1.0
    """... and the longest wait."""
    sign_in_sees: frozenset[int] = frozenset({302})
    sign_in: float = 1.0
    healthz: float = 0.5
    well_within: float = 0.0
    """How long after its end the last look-up may bring no items."""
    breaks_connections: bool = False
    """What a process was serving when it died may get no answer at all."""
    records_more: bool = False
    """A row may tell of items that did not reach the agent; never the other way round."""


# Without the database nobody signs in, and no view can be recorded.
_NO_DATABASE = Trouble(
    "a database that cannot be used",
    failing_processes.nothing,
    sees=OR_REFUSED,
    refused_share=1.0,
    sign_in_sees=frozenset({302, 503}),
    records_more=True,
)
_LOST_PROCESS = Trouble(
    "a process that dies",
    failing_processes.nothing,
    refused_share=0.5,
    longest=2.0,
    breaks_connections=True,
    records_more=True,
)
# A sign-in that was last used later than now, and by more than a minute, ends: agents sign in anew.
_OTHER_TIME = Trouble(
    "a clock that jumps",
    failing_processes.nothing,
    own_instance=failing_processes.with_own_clock,
    sees=frozenset({200, 302}),
    refused_share=0.3,
    well_within=1.0,
)

TROUBLES = [
    Trouble("nothing", failing_processes.nothing),
    _NO_DATABASE._replace(
        name="PostgreSQL stopped",
        begins=failing_stores.stopped_postgres,
        longest=5.5,
        sign_in=5.5,
        well_within=2.0,
    ),
    _NO_DATABASE._replace(
        name="PostgreSQL frozen",
        begins=failing_stores.frozen_postgres,
        seconds=6.0,
        longest=6.5,
        sign_in=6.5,
        well_within=2.0,
    ),
    _NO_DATABASE._replace(
        name="PostgreSQL restarted",
        begins=failing_stores.restarted_postgres,
        longest=3.5,
        sign_in=3.5,
        well_within=1.0,
    ),
    Trouble("Redis stopped", failing_stores.stopped_redis),
    Trouble("Redis frozen", failing_stores.frozen_redis),
    Trouble("Redis full", failing_stores.full_redis),
    Trouble("Redis: each value overwritten", failing_stores.overwritten_redis),
    Trouble("Redis: answers garbled", failing_stores.garbled_redis, own_instance=failing_stores.through_garble),
    Trouble(
        "API takes 6 s, 60 agents",
        failing_api.slow,
        seconds=13,
        agents=60,
        pause=2.0,
        sees=OR_REFUSED,
        refused_share=1.0,
        longest=8.5,
        well_within=4,
    ),
    Trouble(
        "API does not answer",
        failing_api.hanging,
        seconds=9,
        agents=16,
        pause=0.5,
        sees=OR_REFUSED | {504},
        refused_share=1.0,
        longest=8.5,
        well_within=11,
    ),
    Trouble(
        "API flaps, 2 s each way",
        failing_api.flapping,
        seconds=8,
        sees=OR_REFUSED,
        refused_share=0.9,
        longest=2.0,
        well_within=3,
    ),
    *(
        Trouble(
            f"an order {kind}, reloaded 10 times a second{' in 6 tabs' if tabs > 1 else ''}",
            failing_api.bad_order(kind, tabs),
            look_ups=100,
            sees=OR_REFUSED,
            refused_share=0.02,
            longest=2.0,
            well_within=1,
        )
        for kind in failing_api.BAD
        for tabs in (1, 6)
    ),
    Trouble(
        "an order that hangs, reloaded 10 times a second",
        failing_api.hanging_order,
        look_ups=200,
        sees=OR_REFUSED,
        refused_share=0.02,
        longest=2.0,
        well_within=1,
    ),
    _LOST_PROCESS._replace(name="a worker killed", begins=failing_processes.killed_worker),
    Trouble("a worker frozen for 3 s", failing_processes.frozen_worker, longest=4.0, sign_in=4.0, healthz=4.0),
    _LOST_PROCESS._replace(
        name="a worker frozen until the server notices, after 5 s here, 30 as delivered",
        begins=failing_processes.silent_worker,
        own_instance=failing_processes.soon_noticed,
        longest=8.0,
        sign_in=8.0,
        healthz=8.0,
    ),
    _LOST_PROCESS._replace(name="hosts file broken, a worker killed", begins=failing_processes.broken_hosts_file),
    _OTHER_TIME._replace(
        name="clock put forward by 10 minutes, then right", begins=failing_processes.moved_clock(600)
    ),
    _OTHER_TIME._replace(
        name="clock put back by 10 minutes, then right", begins=failing_processes.moved_clock(-600)
    ),
    Trouble(
        "log that nobody reads",
        failing_processes.nothing,
        seconds=4,
        own_instance=failing_processes.with_unread_log,
    ),
]
