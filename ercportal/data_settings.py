"""The database and the shared cache; part of ercportal.settings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from ercportal.base_settings import BASE_DIR, env

# --- The database ---------------------------------------------------------------------------------------------

# How long a request waits for a connection, or with SQLite for the file while another process writes.
_WAIT_SECONDS = env.number("DATABASE_WAIT_SECONDS", 3, low=2, high=60)
# How long it waits for the answer to a statement. manage.py gives its commands an hour.
_ANSWER_SECONDS = env.number("DATABASE_ANSWER_SECONDS", 5, low=1, high=3600)


def _postgresql(given: dict[str, Any]) -> dict[str, Any]:
    # Only here, because SQLite does without psycopg.
    from ercportal.postgresql.connections import BoundedConnection

    # A connection costs more than a page; each process keeps some, at most one for each of its threads.
    pool = {
        "connection_class": BoundedConnection,
        "min_size": 1,
        "max_size": env.count("DATABASE_CONNECTIONS", 16, low=1, high=1000),
        "timeout": _WAIT_SECONDS,
        "max_lifetime": 1800,
        # Past that a new connection is made when somebody asks for one; the pool would wait longer each time.
        "reconnect_timeout": 1,
    }
    bounds = {
        "connect_timeout": round(_WAIT_SECONDS),
        "answer_seconds": _ANSWER_SECONDS,
        # A peer that is gone is noticed within a minute on a connection that waits, at once on one that sends.
        "keepalives": 1,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": round(_ANSWER_SECONDS * 1000),
    }
    return {
        **given,
        "ENGINE": "ercportal.postgresql",
        "OPTIONS": {**bounds, **given.get("OPTIONS", {}), "pool": pool},
    }


def _sqlite(given: dict[str, Any]) -> dict[str, Any]:
    bounds = {
        "timeout": _WAIT_SECONDS,
        # A transaction that begins by reading could not wait for another that writes: it would fail at once.
        "transaction_mode": "IMMEDIATE",
        # Who reads is not held up by who writes.
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
    }
    return {**given, "ENGINE": "ercportal.sqlite3", "OPTIONS": {**bounds, **given.get("OPTIONS", {})}}


def _database(given: dict[str, Any]) -> dict[str, Any]:
    kinds = {"django.db.backends.postgresql": _postgresql, "django.db.backends.sqlite3": _sqlite}
    engine = given["ENGINE"]
    return kinds[engine](given) if engine in kinds else given


DATABASES = {"default": _database(env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'portal.sqlite3'}"))}

# --- The shared cache -----------------------------------------------------------------------------------------

# The cache is a help, not a need: a Redis that does not answer must not hold up an agent. A look-up asks it some
# four times; the first answer that is later than this ends that for two seconds. Only time-outs tell that it is
# slow: what a thread measures is the load of its own process as well.
_CACHE_SECONDS = env.number("CACHE_TIMEOUT_SECONDS", 0.25, low=0.05, high=5)


def _redis(given: dict[str, Any]) -> dict[str, Any]:
    options = {
        "socket_timeout": _CACHE_SECONDS,
        "socket_connect_timeout": _CACHE_SECONDS,
        "socket_keepalive": True,
        "retry": Retry(NoBackoff(), 0),
        # The newer protocol, and a word on who asks, would each be one more answer to wait for at the start of a
        # connection; and with the newer one a server may lengthen the time-outs.
        "protocol": 2,
        "driver_info": None,
    }
    return {
        **given,
        "BACKEND": "orders.core.redis_cache.RedisCache",
        "OPTIONS": {**given.get("OPTIONS", {}), **options},
        # Another number for another form of the values, which a process of an older version could not read.
        "VERSION": 2,
    }


def _cache(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["BACKEND"].rsplit(".", 1)[-1]
    if kind == "RedisCache":
        return _redis(given)
    if kind == "LocMemCache":
        return {**given, "OPTIONS": {"MAX_ENTRIES": 500, **given.get("OPTIONS", {})}}
    if kind == "DummyCache":
        return given
    # The others keep pickles where somebody else may write, and their loss would be an agent's.
    raise ImproperlyConfigured("CACHE_URL must be redis://…, rediss://…, locmemcache:// or dummycache://.")


CACHES = {"default": _cache(env.cache("CACHE_URL", "locmemcache://"))}
