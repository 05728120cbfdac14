"""The shared cache on a real Redis: what it keeps, and what it does while that is lost, slow, full or garbled."""

from __future__ import annotations

import json
import pickle
import random
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import CacheHandler

from orders.core import redis_health
from orders.core.redis_cache import RedisCache
from tests.support.log_lines import Lines
from tests.support.redis_server import Redis, needs_redis, site_cache
from tests.support.tcp_proxy import TcpProxy

pytestmark = needs_redis

LARGE = [random.Random(1).randbytes(25_000)]  # noqa: S311 - no secret, but nothing that packs


@pytest.fixture
def cache(redis: Redis) -> RedisCache:
    """The site's cache in that server."""
    return at(redis.port)


@pytest.fixture
def proxy(redis: Redis) -> Iterator[TcpProxy]:
    """Stands before the server."""
    with TcpProxy(redis.port) as between:
        yield between


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass for what is known of the server."""
    passed = [0.0]
    real = time.monotonic

    def advance(seconds: float) -> None:
        passed[0] += seconds

    monkeypatch.setattr(redis_health, "time", type("Clock", (), {"monotonic": lambda: real() + passed[0]}))
    return advance


def at(port: int) -> RedisCache:
    found = CacheHandler({"default": site_cache(f"redis://127.0.0.1:{port}/0")})["default"]
    assert isinstance(found, RedisCache)
    return found


def test_cache_uses_one_client_for_all_calls(cache: RedisCache) -> None:
    cache.set("a", 1)

    assert cache.get("a") == 1
    assert cache._client.get_client(write=True) is cache._client.get_client(write=True)


def test_threads_share_their_connections(cache: RedisCache, redis: Redis) -> None:
    cache.set("a", 1)
    with redis.client() as client:
        before = client.info("stats")["total_connections_received"]

        for _ in range(5):
            with ThreadPoolExecutor(1) as thread:
                assert thread.submit(lambda: at(redis.port).get("a")).result() == 1

        assert client.info("stats")["total_connections_received"] == before


def test_cache_keeps_values_for_parts_of_a_second(cache: RedisCache, redis: Redis) -> None:
    cache.set("a", 1, 0.5)
    cache.add("b", 2, 1.5)
    cache.set("c", 3, None)

    with redis.client() as client:
        left = [client.pttl(cache.make_key(name)) for name in "abc"]

    assert 0 < left[0] <= 500
    assert 1000 < left[1] <= 1500
    assert left[2] == -1


def test_cache_does_what_django_expects_of_one(cache: RedisCache) -> None:
    cache.set_many({"a": 1, "b": "two", "gone": 3}, 60)
    cache.delete("gone")

    assert cache.get_many(["a", "b", "gone"]) == {"a": 1, "b": "two"}
    assert (cache.get("gone"), cache.get("gone", "default"), "a" in cache, "gone" in cache) == (
        None,
        "default",
        True,
        False,
    )
    assert (cache.add("a", 9), cache.add("new", 9), cache.get("a")) == (False, True, 1)
    assert cache.touch("a", 0.05)
    cache.delete_many(["b", "new"])
    assert not cache.get_many(["b", "new"])
    cache.clear()
    assert cache.get("a") is None
    with pytest.raises(NotImplementedError):
        cache.incr("a")


def told(log: Lines) -> list[str]:
    entries = [json.loads(line) for line in log.lines]
    return [entry["message"] for entry in entries if entry["logger"] == redis_health.__name__]


def garbage(redis: Redis, key: str, value: Any) -> None:
    with redis.client() as client:
        if isinstance(value, list):
            client.rpush(key, *value)
        else:
            client.set(key, value)


@pytest.mark.parametrize("value", [b"\x80garbage", b"2029", b"", pickle.dumps((True, 2029)), ["a", "list"]])
def test_garbage_counts_as_absent_and_gives_way(cache: RedisCache, redis: Redis, value: Any) -> None:
    for name in "abc":
        garbage(redis, cache.make_key(name), value)
    cache.set("good", 1)

    found = cache.get("a"), cache.get_many(["a", "good"]), "a" in cache
    added = cache.add("b", "lease", 5)
    again = cache.add("b", "another's", 5)
    cache.set("c", "new")

    assert found == (None, {"good": 1}, False)
    assert (added, again) == (True, False)
    assert cache.get_many(["b", "c"]) == {"b": "lease", "c": "new"}


def test_lost_server_is_a_cache_that_keeps_nothing(cache: RedisCache, redis: Redis, log: Lines) -> None:
    cache.set("a", 1)

    redis.stop()
    cache.set("a", 2)

    assert (cache.get("a"), cache.get("a", "default"), cache.get_many(["a"])) == (None, "default", {})
    assert (cache.add("a", 3), cache.touch("a"), cache.delete("a")) == (True, False, False)
    assert "the shared cache cannot be reached (ConnectionError); going on without it" in told(log)


def test_lost_server_is_asked_again_by_one_caller_after_a_pause(
    cache: RedisCache, redis: Redis, clock: Callable[[float], None]
) -> None:
    redis.freeze()
    cache.get("a")
    asked: list[str] = []

    def use() -> str:
        # Another comes while this one asks.
        asked.append(cache._health.try_to(lambda: "asked", "not asked"))
        return "asked"

    paused = cache._health.try_to(lambda: "asked", "not asked")
    clock(2.1)
    after = cache._health.try_to(use, "not asked")
    redis.thaw()

    assert (paused, after, asked) == ("not asked", "asked", ["not asked"])
    assert cache._health.try_to(lambda: "asked", "not asked") == "asked"


def test_restarted_server_is_used_again_at_once(cache: RedisCache, redis: Redis) -> None:
    cache.set("a", 1)

    redis.restart()

    assert cache.get("a") is None
    cache.set("a", 2)
    assert cache.get("a") == 2


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\xff\r\n", b"$9999999999999\r\n"])
def test_server_that_speaks_something_else_counts_as_lost(
    proxy: TcpProxy, redis: Redis, answer: bytes, clock: Callable[[float], None]
) -> None:
    cache = at(proxy.port)
    proxy.garbage = answer

    cache.set("a", 1)
    found = cache.get("a", "default")
    proxy.garbage = b""
    clock(2.1)
    cache.set("a", 2)

    assert found == "default"
    assert cache.get("a") == 2


def test_server_that_answers_too_late_costs_one_wait(proxy: TcpProxy, clock: Callable[[float], None]) -> None:
    cache = at(proxy.port)
    cache.set("a", 1)
    proxy.delay = 0.8

    late = cache.get("a")
    asked = cache._health.try_to(lambda: "asked", "not asked")
    proxy.delay = 0
    clock(2.1)

    assert (late, asked) == (None, "not asked")
    assert cache.get("a") == 1


def test_refused_write_is_no_reason_to_go_without_the_cache(cache: RedisCache, redis: Redis, log: Lines) -> None:
    cache.set("erc-token", "t")
    redis.fill(1.5)

    cache.set("erc-wait", 1)
    taken = cache.add("erc-lease", 1)

    assert cache.get("erc-token") == "t"
    assert (cache.get("erc-wait"), taken) == (None, True)
    assert told(log) == ["the shared cache refused a command (OutOfMemoryError)"]


def test_nearly_full_server_is_kept_for_what_calls_of_the_api_need(
    cache: RedisCache, redis: Redis, log: Lines
) -> None:
    cache.set("items:1", "old")
    before = cache.get("items:1")
    redis.fill(0.9)
    cache._health._bytes_left = 0

    cache.set("items:1", "newer")
    cache.set("items:2", "small")
    cache.set("erc-token:1", "t" * 3000)
    cache.set("erc-limit:1", 1.5)

    assert before == "old"
    assert cache.get_many(["items:1", "items:2", "erc-limit:1"]) == {"erc-limit:1": 1.5}
    assert cache.get("erc-token:1") == "t" * 3000
    assert cache.memory_share() == pytest.approx(0.9, abs=0.05)
    assert len(told(log)) == 1
    assert told(log)[0].startswith("the shared cache is nearly full")


def test_memory_is_measured_again_after_much_was_stored(cache: RedisCache, redis: Redis) -> None:
    redis.fill(0.5)
    first = cache.memory_share() or 0.0

    for n in range(20):
        cache.set(f"page-{n}", [n, *LARGE])

    assert (cache.memory_share() or 0.0) > first
    assert (cache.memory_share() or 0.0) < 1


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-lru"])
def test_server_that_makes_room_by_itself_is_never_nearly_full(
    cache: RedisCache, redis: Redis, policy: str
) -> None:
    redis.fill(0.95)
    with redis.client() as client:
        client.config_set("maxmemory-policy", policy)

    cache.set("page", LARGE)

    assert cache.memory_share() is None
    assert cache.get("page") == LARGE


def test_server_that_does_not_tell_its_memory_is_used_all_the_same(redis: Redis) -> None:
    with redis.client() as client:
        client.execute_command("ACL", "SETUSER", "default", "-info")
    cache = at(redis.port)

    cache.set("page", LARGE)

    assert cache.memory_share() is None
    assert cache.get("page") == LARGE


def test_replica_is_left_for_a_new_connection(cache: RedisCache, redis: Redis) -> None:
    cache.set("a", 1)
    with socket.socket() as nobody, redis.client() as client:
        nobody.bind(("127.0.0.1", 0))
        client.replicaof("127.0.0.1", str(nobody.getsockname()[1]))
        before = client.info("clients")["connected_clients"]

        cache.set("a", 2)
        after = client.info("clients")["connected_clients"]
        client.replicaof("NO", "ONE")

    cache.set("a", 3)
    assert after < before
    assert cache.get("a") == 3


def test_probe_tells_of_the_server_and_leaves_the_pause(cache: RedisCache, redis: Redis) -> None:
    well = cache.is_working()

    redis.freeze()
    cache.get("a")
    frozen = cache.is_working()
    redis.thaw()
    thawed = cache.is_working()

    assert (well, frozen, thawed) == (True, False, True)
    assert cache._health.try_to(lambda: "asked", "not asked") == "not asked"
