"""What agents' steps leave behind and what they take: rows of the logs, cached pages, and time of each server.

    python -m tests.benchmarks.portal.storage [--seconds 20]

Agents search by an e-mail address and so come to the list of orders, and open an order with its header, each time
of another customer. Prints what one such step takes and leaves; docs/operations.md sizes the servers by it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import psycopg
import redis

from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.cases import COLD, Site
from tests.benchmarks.portal.load import Load
from tests.benchmarks.portal.noise import Clock, Noise, adopt, seconds_of
from tests.benchmarks.portal.running import Surroundings, portal, signed_in, surroundings

_LOGS = {"access log": "orders_accesslogentry", "API exchanges": "orders_apiexchange"}
_CONNECTIONS = 4
Counters = Mapping[str, float]


def main() -> None:
    """Take both steps for a while, and print a table of what one of them takes and leaves."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.portal.storage")
    parser.add_argument("--seconds", type=int, default=20, help="how long each kind of step is taken")
    asked = parser.parse_args()
    adopt()
    with surroundings(is_static_collected=False) as around, portal(around, WEB_WORKERS="1") as process:
        site = Site(process, around.stub, signed_in(around), asked.seconds)
        steps: dict[str, tuple[Callable[[], Load], int]] = {
            "order with its header": (lambda: site.load(COLD, _CONNECTIONS), 1),
            "search by e-mail, and the list": (lambda: site.searches(_CONNECTIONS), 2),
        }
        for step, _ in steps.values():
            step()
        began = Clock.now()
        for name, (step, requests) in steps.items():
            before = _counters(around, site)
            count = step().requests / requests
            print(f"\n{name}, {count:.0f} of them:")
            _tell(before, _counters(around, site), count)
    print(f"\n{Noise.between(began, Clock.now())}")


def _tell(before: Counters, after: Counters, count: float) -> None:
    taken = {name: after[name] - before[name] for name in after}
    for name in ("portal", "PostgreSQL", "Redis"):
        print(f"  {name}: {taken[f'{name}, seconds'] / count * 1000:.2f} ms of a core")
    for name in _LOGS:
        rows = taken[f"{name}, rows"]
        print(f"  {name}: {rows / count:.2f} rows of {taken[f'{name}, bytes'] / rows:.0f} bytes with indexes")
    print(f"  Redis: {taken['keys'] / count:.2f} keys, {taken['cache bytes'] / count:.0f} bytes")


def _counters(around: Surroundings, site: Site) -> Counters:
    """What has been used and stored so far."""
    found: dict[str, float] = {
        "portal, seconds": site.portal.cpu_seconds(),
        "PostgreSQL, seconds": seconds_of("postgres"),
        "Redis, seconds": seconds_of("redis-server"),
    }
    with psycopg.connect(around.env["DATABASE_URL"].replace("postgres://", "postgresql://")) as connection:
        for name, table in _LOGS.items():
            row = connection.execute(
                f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}"  # noqa: S608 - a name from above
            ).fetchone()
            assert row
            found |= {f"{name}, rows": row[0], f"{name}, bytes": row[1]}
    with redis.Redis(port=urlsplit(around.env["CACHE_URL"]).port or 0) as client:
        memory = client.info("memory")
        return {**found, "keys": client.dbsize(), "cache bytes": memory["used_memory"]}


if __name__ == "__main__":
    with Stoppable():
        main()
