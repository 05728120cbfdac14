"""What several processes share through Redis, and how the portal lives without it, on a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.redis_cache import RedisCache
from orders import services
from orders.erc.breaker import Breaker
from orders.tolerant_cache import TolerantCache
from tests.orders.erc.breakers import fail, guarded, is_open
from tests.orders.faults import LOOKUP, look_up
from tests.redis_server import Redis, needs_redis
from tests.stub_erc import Reply, StubErc

pytestmark = needs_redis

ROOT = Path(__file__).parents[2]

# Starts with the others at the given moment, then looks 50 orders up at once.
PROCESS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from orders import services
from orders.erc.query import ItemsQuery

def look_up(number):
    query = ItemsQuery(customer_id="C", order_id=f"{sys.argv[2]}-{number}")
    return services.list_order_items(query, sealed_trail="", correlation_id="correlation-1")

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


def test_lost_redis_costs_the_cache_and_comes_back_by_itself(
    browser: Client, erc: StubErc, redis: Redis, settings: Settings
) -> None:
    caches = {"default": {**settings.CACHES["default"], "BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    caches["default"].update(LOCATION=redis.url, OPTIONS={"socket_timeout": 0.5, "socket_connect_timeout": 0.5})
    settings.CACHES = caches
    browser.get("/orders/", LOOKUP)
    browser.get("/orders/", LOOKUP)
    asked_with_redis = len(erc.asked)

    redis.stop()
    started = time.monotonic()
    without = [browser.get("/orders/", LOOKUP).status_code for _ in range(3)]
    took = time.monotonic() - started
    asked_without = len(erc.asked)
    not_ready = browser.get("/readyz")
    redis.start()
    time.sleep(2.1)
    browser.get("/orders/", LOOKUP)
    browser.get("/orders/", LOOKUP)

    assert asked_with_redis == 1
    assert without == [200, 200, 200]
    assert took < 3
    assert asked_without == 4
    assert (not_ready.status_code, not_ready.content) == (503, b"not ready: cache\n")
    assert len(erc.asked) == 5
    assert browser.get("/readyz").status_code == 200


def test_token_survives_in_redis_for_a_new_process(erc: StubErc, redis: Redis, settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis.url}
    }
    look_up("O-1")

    services.erc_client.cache_clear()
    look_up("O-2")

    assert len(erc.token_asked) == 1


@pytest.fixture
def breakers(redis: Redis) -> Iterator[tuple[Breaker, Breaker]]:
    """Those of two processes, each with connections of its own to Redis."""
    caches = [RedisCache(redis.url, {}) for _ in range(2)]
    one, other = (
        Breaker(failures=1, probe_seconds=0.5, memory=TolerantCache(cache), name="items") for cache in caches
    )
    yield one, other
    for cache in caches:
        cache._cache.get_client().connection_pool.disconnect()


def test_outage_that_one_process_met_stops_another_until_one_probe_succeeds(
    breakers: tuple[Breaker, Breaker],
) -> None:
    one, other = breakers
    fail(one)

    stopped = is_open(other)
    time.sleep(0.6)
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
