"""The cache in Redis keeps its clients."""

from __future__ import annotations

from ercportal.redis_cache import RedisCache
from tests.redis_server import Redis, needs_redis


@needs_redis
def test_cache_uses_one_client_for_all_calls() -> None:
    server = Redis()
    server.start()
    try:
        cache = RedisCache(server.url, {})

        cache.set("a", 1)
        found = cache.get("a")
        first, second = cache._cache.get_client(write=True), cache._cache.get_client(write=True)
    finally:
        server.stop()

    assert found == 1
    assert first is second
