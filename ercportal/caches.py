"""Gives the shared cache of the settings its limits, and refuses those that cannot be one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry


def limit_cache(config: dict[str, Any], timeout_seconds: float) -> dict[str, Any]:
    """The configuration with the limits; with Redis also with the portal's own backend."""
    match config["BACKEND"].rpartition(".")[2]:
        case "RedisCache":
            return _limit_redis(config, timeout_seconds)
        case "LocMemCache":
            return {**config, "OPTIONS": {"MAX_ENTRIES": 500, **config.get("OPTIONS", {})}}
        case "DummyCache":
            return config
        case _:
            # The others store pickles where somebody else may write, and their loss would be an agent's.
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
        # Another number for another form of the values, which a process of an older version could not read.
        "VERSION": 2,
    }
