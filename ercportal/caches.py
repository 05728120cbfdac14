"""Adds limits to the settings' shared cache, and refuses unsuitable ones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry


def limit_cache(config: dict[str, Any], timeout_seconds: float) -> dict[str, Any]:
    """Add limits to a cache's configuration; for Redis also the portal's backend."""
    match config["BACKEND"].rpartition(".")[2]:
        case "RedisCache":
            return _limit_redis(config, timeout_seconds)
        case "LocMemCache":
            return {**config, "OPTIONS": {"MAX_ENTRIES": 500, **config.get("OPTIONS", {})}}
        case "DummyCache":
            return config
        case _:
            # The others load pickles, and their failures would reach the agents.
            raise ImproperlyConfigured("CACHE_URL must be redis://…, rediss://…, locmemcache:// or dummycache://.")


def _limit_redis(config: dict[str, Any], timeout_seconds: float) -> dict[str, Any]:
    options = {
        "socket_timeout": timeout_seconds,
        "socket_connect_timeout": timeout_seconds,
        "socket_keepalive": True,
        "retry": Retry(NoBackoff(), 0),
        # The newer protocol, and a word on who asks, would each be one more answer to wait for at the start of a
        # connection; and with the newer one a server may lengthen the time-outs.
        "protocol": 2,
        "driver_info": None,
    }
    return {
        **config,
        "BACKEND": "orders.core.redis_cache.RedisCache",
        "OPTIONS": {**config.get("OPTIONS", {}), **options},
        # Change it with the format of values, which older processes cannot read.
        "VERSION": 2,
    }
