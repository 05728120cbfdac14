"""What several processes share through Redis, and how the portal lives without it, on a real server."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from orders.core.redis_cache import RedisCache
from orders.erc.breaker import Breaker
from tests.orders.core.test_cache_values import Planted
from tests.support.breakers import fail, guarded, is_open
from tests.support.connection import forget_connection
from tests.support.faults import LOOKUP, look_up
from tests.support.paths import ROOT
from tests.support.redis_server import Redis, needs_redis, site_cache
from tests.support.stub_erc import Reply, StubErc

pytestmark = needs_redis

ITEMS_PATH = "/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items"

# What a look-up reads in the cache although it did not write it.
UNSET = (f"erc-breaker:{ITEMS_PATH}".encode(), f"erc-limit:{ITEMS_PATH}".encode(), b"erc-breaker:/oauth/token")

# Starts with the others at the given moment, then looks 50 orders up at once.
PROCESS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from orders.erc.query import ItemsQuery
from tests.support.connection import list_items

def look_up(number):
    query = ItemsQuery(customer_id="C", order_id=f"{sys.argv[2]}-{number}")
    return list_items(query)

time.sleep(max(0.0, float(sys.argv[1]) - time.time()))
with ThreadPoolExecutor(50) as pool:
    print(len(list(pool.map(look_up, range(50)))))
"""


def test_four_processes_at_once_fetch_one_token(erc: StubErc, redis: Redis) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(), delay=0.3)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "CACHE_URL": redis.url,
        # Two hundred threads hold each other up for longer than a Redis may take.
        "CACHE_TIMEOUT_SECONDS": "5",
        "ERC_API_BASE_URL": erc.base_url,
        "ERC_TOKEN_URL": f"{erc.base_url}/oauth/token",
        "ERC_CLIENT_ID": "client",
        "ERC_CLIENT_SECRET": "secret",
        "ERC_DEADLINE_SECONDS": "15",
        "PYTHONPATH": str(ROOT),
    }
    start_at = str(time.time() + 3)

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, start_at, str(number)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    said = [process.communicate(timeout=60) for process in processes]

    assert [out.strip() for out, _ in said] == ["50"] * 4, said
    assert len(erc.token_asked) == 1
    assert len(erc.asked) == 200


def is_cached() -> bool:
    cache.set("back", 1, 60)
    return bool(cache.get("back") == 1)


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(200):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to pass")


@pytest.fixture
def site(redis: Redis, settings: Settings) -> Redis:
    """The portal's own cache is in that server."""
    settings.CACHES = {"default": site_cache(redis.url)}
    return redis


def test_lost_redis_costs_the_cache_and_comes_back_by_itself(browser: Client, erc: StubErc, site: Redis) -> None:
    browser.get("/orders/", LOOKUP)
    browser.get("/orders/", LOOKUP)
    asked_with_redis = len(erc.asked)

    site.stop()
    without = [browser.get("/orders/", LOOKUP).status_code for _ in range(3)]
    asked_without = len(erc.asked)
    not_ready = browser.get("/readyz")
    site.start()
    wait_until(is_cached)
    browser.get("/orders/", LOOKUP)
    browser.get("/orders/", LOOKUP)

    assert asked_with_redis == 1
    assert without == [200, 200, 200]
    assert asked_without == 4
    assert (not_ready.status_code, not_ready.content) == (503, b"not ready: cache\n")
    assert len(erc.asked) == 5
    assert browser.get("/readyz").status_code == 200


def test_frozen_redis_costs_the_cache(browser: Client, erc: StubErc, site: Redis) -> None:
    browser.get("/orders/", LOOKUP)

    site.freeze()
    without = [browser.get("/orders/", LOOKUP).status_code for _ in range(3)]
    site.thaw()

    assert without == [200, 200, 200]
    assert len(erc.asked) == 4


@pytest.mark.parametrize("kind", ["pickle", "garbage", "number", "list", "another's value"])
def test_whatever_stands_in_redis_is_asked_for_anew(
    browser: Client, erc: StubErc, site: Redis, tmp_path: Path, kind: str
) -> None:
    browser.get("/orders/", LOOKUP)
    forget_connection()
    stored = {
        "pickle": pickle.dumps(Planted(tmp_path / "ran")),
        "garbage": b"\x80garbage",
        "number": b"4102444800",
        "another's value": msgspec.msgpack.encode(
            [b"\x00" * 16, False, msgspec.msgpack.encode([True, 4102444800])]
        ),
    }
    with site.client() as client:
        keys = [*client.scan_iter(), *(b":2:" + name for name in UNSET)]
        for key in keys:
            client.delete(key)
            if kind == "list":
                client.rpush(key, "a")
            else:
                client.set(key, stored[kind])

    again = browser.get("/orders/", LOOKUP)
    kept = browser.get("/orders/", LOOKUP)

    assert len(keys) > len(UNSET)
    assert (again.status_code, kept.status_code) == (200, 200)
    assert (len(erc.asked), len(erc.token_asked)) == (2, 2)
    assert not (tmp_path / "ran").exists()


def test_full_redis_costs_the_cache(browser: Client, erc: StubErc, site: Redis) -> None:
    site.fill(1.5)

    found = [browser.get("/orders/", LOOKUP).status_code for _ in range(3)]

    assert found == [200, 200, 200]
    assert len(erc.asked) == 3


def test_token_survives_in_redis_for_a_new_process(erc: StubErc, site: Redis) -> None:
    look_up("O-1")

    forget_connection()
    look_up("O-2")

    assert len(erc.token_asked) == 1


PROBE_SECONDS = 2.0
"""Longer than a busy machine takes for a few look-ups."""


@pytest.fixture
def breakers(redis: Redis) -> Iterator[tuple[Breaker, Breaker]]:
    """Those of two processes, each with connections of its own to Redis."""
    caches = [RedisCache(redis.url, {}) for _ in range(2)]
    one, other = (
        Breaker(failures=1, probe_seconds=PROBE_SECONDS, store=shared, name="items") for shared in caches
    )
    yield one, other
    for shared in caches:
        shared._client.get_client().connection_pool.disconnect()


def test_outage_that_one_process_met_stops_another_until_one_probe_succeeds(
    breakers: tuple[Breaker, Breaker],
) -> None:
    one, other = breakers
    fail(one)

    stopped = is_open(other)
    time.sleep(PROBE_SECONDS + 0.1)
    with guarded(other):
        waits_for_probe = is_open(one)

    assert stopped
    assert waits_for_probe
    assert not is_open(one)


def test_breaker_is_the_processs_own_while_redis_is_lost_and_shared_again_after(
    redis: Redis, breakers: tuple[Breaker, Breaker]
) -> None:
    one, other = breakers
    redis.stop()
    fail(one)

    alone = is_open(one), is_open(other)
    redis.start()
    time.sleep(2.1)
    fail(one)

    assert alone == (True, False)
    assert is_open(other)
