"""Django's cache in Redis, with one client kept for each pool of connections."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends import redis as django_redis
from redis import Redis


class _Client(django_redis.RedisCacheClient):
    """Django makes a client for each call, which costs as much as the call itself; clients are safe to share."""

    def __init__(self, *servers: Any, **options: Any) -> None:
        super().__init__(*servers, **options)
        self._kept: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client for reading or for writing."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class RedisCache(django_redis.RedisCache):
    """Django's backend with kept clients."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
