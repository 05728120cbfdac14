"""The shared cache in Redis. Its loss, or garbage in it, makes the portal slower, never wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from django.core.cache.backends import redis as django_redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis import Redis
from redis.exceptions import ReadOnlyError, RedisError, ResponseError, WatchError

from orders.core.cache_values import Unreadable, seal, unseal
from orders.core.redis_health import NEARLY_FULL_SHARE, RedisHealth, health

Result = TypeVar("Result")

# The state of the API client (token, waits, breaker, leases) is small and necessary, so that it is stored even
# while the server is too full for pages.
_NEEDED_PREFIX = "erc-"


class _Client(django_redis.RedisCacheClient):
    """Django's client with sealed values and exact lifetimes. An unreadable value counts as absent."""

    def __init__(self, *servers: Any, **options: Any) -> None:
        super().__init__(*servers, **options)
        self._clients: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        # Django makes a client for each call, which costs as much as the call itself. Clients are thread-safe.
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]

    def get(self, key: Any, default: Any) -> Any:
        stored = self.get_client(key).get(key)
        try:
            return default if stored is None else unseal(key, stored)
        except Unreadable:
            return default

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        names = list(keys)
        found = {}
        for key, stored in zip(names, self.get_client(None).mget(names), strict=True):
            try:
                if stored is not None:
                    found[key] = unseal(key, stored)
            except Unreadable:
                continue
        return found

    def store(self, key: str, stored: bytes, timeout: float | None) -> None:
        """Store a sealed value."""
        client = self.get_client(key, write=True)
        if timeout == 0:
            client.delete(key)
        else:
            client.set(key, stored, px=_milliseconds(timeout))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self.store(key, seal(key, value), timeout)

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        for key, value in data.items():
            self.set(key, value, timeout)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """Store a value where there is no readable one, and tell whether it was stored."""
        stored, lifetime = seal(key, value), _milliseconds(timeout)
        client = self.get_client(key, write=True)
        is_stored = bool(client.set(key, stored, px=lifetime, nx=True))
        return is_stored or self._replace_garbage(client, key, stored, lifetime)

    def touch(self, key: Any, timeout: Any) -> bool:
        client = self.get_client(key, write=True)
        return bool(client.persist(key) if timeout is None else client.pexpire(key, _milliseconds(timeout) or 0))

    @staticmethod
    def _replace_garbage(client: Redis, key: str, stored: bytes, lifetime: int | None) -> bool:
        """Store the value if the key has garbage, and tell whether it had."""
        with client.pipeline() as pipeline:
            try:
                pipeline.watch(key)  # type: ignore[no-untyped-call]
                if not _is_garbage(pipeline, key):
                    return False
                pipeline.multi()
                pipeline.set(key, stored, px=lifetime)
                pipeline.execute()
            except WatchError:
                return False
        return True


@cache
def _shared_client(servers: tuple[str, ...], **options: Hashable) -> _Client:
    """Give the client, and with it the connections, that all threads share: Django makes a cache object for each.

    A client for each would connect anew in each thread beside a look-up, and leave 33 kB in a cycle there, so that
    a process took 124 instead of 131 MB.
    """
    return _Client(servers, **options)


class RedisCache(django_redis.RedisCache):
    """Django's backend, which survives the loss of its server and uses it again once it is back.

    Without the server the cache is empty and stores nothing; `add` succeeds, because no other process can hold the
    key. It stores no pages while a server that evicts nothing is nearly full.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = lambda servers, **options: _shared_client(tuple(servers), **options)
        self._health: RedisHealth = health(str(server))

    def get_backend_timeout(self, timeout: float | None = DEFAULT_TIMEOUT) -> float | None:
        """Give the lifetime with fractions of seconds, which Django would cut off."""
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return None if seconds is None else max(0, seconds)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(RedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return self._try(lambda: super(RedisCache, self).get_many(keys, version), {})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self.get(key, None, version) is not None

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Store a value; without room for it, delete the previous one."""
        name = self.make_and_validate_key(key, version=version)
        stored, seconds = seal(name, value), self.get_backend_timeout(timeout)
        self._try(lambda: self._store(name, stored, seconds, is_needed=key.startswith(_NEEDED_PREFIX)), None)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._try(lambda: super(RedisCache, self).add(key, value, timeout, version), default=True)

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._try(lambda: super(RedisCache, self).touch(key, timeout, version), default=False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: super(RedisCache, self).delete(key, version), default=False)

    def set_many(
        self,
        data: Mapping[str, Any],
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[str]:
        for key, value in data.items():
            self.set(key, value, timeout, version)
        return []

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._try(lambda: super(RedisCache, self).delete_many(keys, version), None)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Unsupported: neither the server nor a process can safely increment a sealed value."""
        raise NotImplementedError

    def clear(self) -> None:
        self._try(super().clear, None)

    def is_working(self) -> bool:
        """Whether the server stores and returns a value, tried now whatever failed earlier."""
        name = self.make_key("is-working")
        try:
            self._client.set(name, 1, 10)
            return bool(self._client.get(name, None) == 1)
        except (RedisError, OSError):
            return False

    def memory_share(self) -> float | None:
        """Give the used share of the server's memory, from 0 to 1; None where memory is no concern."""
        return self._health.memory_share(self._client.get_client(write=True))

    @property
    def _client(self) -> _Client:
        return cast("_Client", self._cache)

    def _store(self, name: str, stored: bytes, seconds: float | None, *, is_needed: bool) -> None:
        if not is_needed and (self.memory_share() or 0) > NEARLY_FULL_SHARE:
            # The previous value is out of date.
            self._client.delete(name)
            return
        self._client.store(name, stored, seconds)
        self._health.note_write(len(stored))

    def _try(self, use: Callable[[], Result], default: Result) -> Result:
        def use_and_reconnect() -> Result:
            try:
                return use()
            except ReadOnlyError:
                # The server has become a replica; a new connection finds the new master. Those that other threads
                # use just now must not break off under them.
                self._client.get_client(write=True).connection_pool.disconnect(inuse_connections=False)
                raise

        return self._health.try_to(use_and_reconnect, default)


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else max(1, int(seconds * 1000))


def _is_garbage(client: Redis, key: str) -> bool:
    try:
        stored: Any = client.get(key)
    except ResponseError:
        # The key's value is no string, but a list or the like.
        return True
    if stored is None:
        return False
    try:
        unseal(key, stored)
    except Unreadable:
        return True
    return False
