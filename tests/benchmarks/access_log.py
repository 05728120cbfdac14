"""How the access log behaves with many rows on PostgreSQL: list, filters, searches, export, prune.

    python -m tests.benchmarks.access_log [--rows 1000000] [--database postgres://…]

Without --database it starts a server of its own. Prints milliseconds, and the ratio to the 300 ms that a page may
take; ends with 1 where something took longer, the export's memory grew, or the prune held writers up.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import resource
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from ercportal.demo.stopping import Stoppable

MAX_MS = 300
MAX_GROWTH_MB = 50

ROWS = """
INSERT INTO orders_accesslogentry (at, surface, agent, host, customer_id, order_id, page, outcome, items, source,
                                   duration_ms, address, correlation_id, note, kind, digest)
SELECT now() - (n * interval '7 seconds'),
       CASE WHEN n %% 7 = 0 THEN 'embed' WHEN n %% 5000 = 0 THEN 'inspector' ELSE 'portal' END,
       'agent-' || (n %% 200), '', 'customer-' || (n %% 150000), 'order-' || n, 1 + n %% 3,
       CASE WHEN n %% 50 = 0 THEN 'not_found' WHEN n %% 9973 = 0 THEN 'rate_limited' ELSE 'ok' END,
       n %% 20, 'live', n %% 900, '10.0.0.1', md5(n::text), '',
       CASE WHEN n %% 11 = 0 THEN 'search_email' WHEN n %% 9973 = 0 THEN 'search_id' ELSE 'items' END,
       CASE WHEN n %% 11 = 0 THEN md5(n::text) || md5(n::text) ELSE '' END
FROM generate_series(1, %s) AS n
"""

PAGES = {
    "list": {},
    "last page of the list": {"p": "200"},
    "surface": {"surface__exact": "embed"},
    "rare surface": {"surface__exact": "inspector"},
    "surface without rows": {"surface__exact": "export"},
    "outcome": {"outcome": "not_found"},
    "rare outcome": {"outcome": "rate_limited"},
    "outcome without rows": {"outcome": "invalid_response"},
    "agent": {"agent": "agent-7"},
    "agent without rows": {"agent": "nobody"},
    "from": {"from": "FIRST_THIRD"},
    "until": {"until": "FIRST_THIRD"},
    "one day": {"from": "FIRST_THIRD", "until": "FIRST_THIRD"},
    "agent and rare outcome": {"agent": "agent-7", "outcome": "rate_limited"},
    "all filters": {"agent": "agent-14", "surface__exact": "embed", "outcome": "ok", "until": "FIRST_THIRD"},
    "search: customer": {"q": "customer-77777"},
    "search: order": {"q": "order-4711"},
    "search: correlation id": {"q": "CORRELATION"},
    "kind": {"kind__exact": "search_email"},
    "rare kind": {"kind__exact": "search_id"},
    "kind without rows": {"kind__exact": "orders"},
    "agent and kind": {"agent": "agent-7", "kind__exact": "search_email"},
    "search: text": {"digest": "DIGEST"},
    "search: text of nobody": {"digest": "0" * 64},
    "search: nothing": {"q": "nothing-like-this"},
}


@contextlib.contextmanager
def database(url: str) -> Iterator[str]:
    """The URL of the database to measure."""
    if url:
        yield url
        return
    from tests.support.postgres_server import postgres

    with postgres() as own:
        yield own


def set_up(url: str, rows: int) -> Any:
    """Migrate, fill, and sign a supervisor in; gives the client."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="ercportal.settings",
        ENV_FILE=os.devnull,
        DEBUG="1",
        ALLOWED_HOSTS="testserver",
        DATABASE_URL=url,
        CACHE_URL="locmemcache://",
    )
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.DEBUG = False
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [rows])
        cursor.execute("VACUUM ANALYZE orders_accesslogentry")
    user, _ = User.objects.get_or_create(username="supervisor", is_staff=True)
    user.groups.set(Group.objects.filter(name="supervisor"))
    client = Client()
    client.force_login(user)
    return client


def measured(act: Callable[[], Any]) -> float:
    """The median time of an act, in milliseconds."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def pages(client: Any, rows: int) -> bool:
    """Print the time of every page; whether all are fast enough."""
    from datetime import UTC, datetime, timedelta
    from hashlib import md5

    third = (datetime.now(UTC) - timedelta(seconds=7 * rows / 3)).date().isoformat()
    words = {"FIRST_THIRD": third, "CORRELATION": md5(b"4711").hexdigest(), "DIGEST": 2 * md5(b"11").hexdigest()}  # noqa: S324 - as the rows have it
    slowest = 0.0
    for name, query in PAGES.items():
        asked = {key: words.get(value, value) for key, value in query.items()}

        def page(asked: dict[str, str] = asked) -> None:
            response = client.get("/admin/orders/accesslogentry/", asked)
            assert response.status_code == 200, response.status_code

        took = measured(page)
        slowest = max(slowest, took)
        print(f"{name:<28} {took:8.1f} ms   {took / MAX_MS:5.2f} of {MAX_MS} ms")
    return slowest <= MAX_MS


def export(client: Any, rows: int) -> bool:
    """Export everything; whether the memory stays flat."""
    response = client.get("/admin/orders/accesslogentry/export/")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, lines = time.perf_counter(), 0
    for line in response.streaming_content:
        lines += 1
        assert line
    took = time.perf_counter() - started
    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{'export':<28} {lines / took:8.0f} rows/s, memory +{growth:.0f} MB over {lines} rows")
    return growth <= MAX_GROWTH_MB and lines > rows


def prune() -> bool:
    """Prune half of the rows while others write; whether no write waits."""
    from django.core.management import call_command
    from django.db import connection

    from orders.audit.access_log import Access, Viewer, record
    from orders.models import AccessLogEntry

    slowest: list[float] = [0.0]
    is_done = threading.Event()

    def write() -> None:
        while not is_done.is_set():
            started = time.perf_counter()
            record(Viewer("portal", "writer", "10.0.0.1"), Access("C", "O"), "correlation-w")
            slowest[0] = max(slowest[0], (time.perf_counter() - started) * 1000)
            time.sleep(0.005)
        connection.close()

    before = AccessLogEntry.objects.count()
    writer = threading.Thread(target=write)
    writer.start()
    started = time.perf_counter()
    oldest = AccessLogEntry.objects.order_by("at").values_list("at", flat=True)[0]
    from datetime import UTC, datetime

    half = max(1, (datetime.now(UTC) - oldest).days // 2)
    call_command("prune_access_log", days=half, stdout=io.StringIO())
    took = time.perf_counter() - started
    is_done.set()
    writer.join()
    gone = before - AccessLogEntry.objects.exclude(agent="writer").count()
    print(f"{'prune':<28} {gone / took:8.0f} rows/s, slowest write meanwhile {slowest[0]:.0f} ms")
    return slowest[0] <= MAX_MS


def main() -> int:
    """Run it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with database(options.database) as url:
        started = time.perf_counter()
        client = set_up(url, options.rows)
        print(f"{options.rows} rows in {time.perf_counter() - started:.0f} s")
        results = [pages(client, options.rows), export(client, options.rows), prune()]
        from django.db import connections

        connections.close_all()
    return 0 if all(results) else 1


if __name__ == "__main__":
    with Stoppable():
        sys.exit(main())
