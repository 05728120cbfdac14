"""PostgreSQL and Redis that fail, as rows of troubles.py have them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.instances import Instance
from tests.cluster.servers import Servers
from tests.cluster.watch import Scene
from tests.support.redis_server import Redis
from tests.support.tcp_proxy import TcpProxy

_GARBAGE = b"\x80garbage"


@contextmanager
def stopped_postgres(scene: Scene) -> Iterator[None]:
    """Ended at once; later it runs again."""
    scene.servers.postgres.stop()
    try:
        yield
    finally:
        scene.servers.postgres.start()


@contextmanager
def frozen_postgres(scene: Scene) -> Iterator[None]:
    """None of its processes goes on, while the connections stand."""
    scene.servers.postgres.freeze()
    try:
        yield
    finally:
        scene.servers.postgres.thaw()


@contextmanager
def restarted_postgres(scene: Scene) -> Iterator[None]:
    """Ended at once, and run again at once."""
    scene.servers.postgres.restart()
    yield


@contextmanager
def stopped_redis(scene: Scene) -> Iterator[None]:
    """Ended at once; later it runs again, empty."""
    scene.servers.redis.stop()
    try:
        yield
    finally:
        scene.servers.redis.start()


@contextmanager
def frozen_redis(scene: Scene) -> Iterator[None]:
    """It does not go on, while the connections stand."""
    scene.servers.redis.freeze()
    try:
        yield
    finally:
        scene.servers.redis.thaw()


@contextmanager
def full_redis(scene: Scene) -> Iterator[None]:
    """It has no memory left and evicts nothing."""
    scene.servers.redis.fill(1.0)
    try:
        yield
    finally:
        scene.servers.redis.empty()


@contextmanager
def overwritten_redis(scene: Scene) -> Iterator[None]:
    """Whatever the portal stores there is garbage a moment later."""
    is_over = threading.Event()
    overwriting = threading.Thread(target=_overwrite, args=(scene.servers.redis, is_over))
    overwriting.start()
    try:
        yield
    finally:
        is_over.set()
        overwriting.join()


def _overwrite(redis: Redis, is_over: threading.Event) -> None:
    with redis.client() as client:
        while not is_over.wait(0.02):
            for key in client.scan_iter():
                client.set(key, _GARBAGE, keepttl=True)


class _Garbled(Instance):
    """Reaches Redis through what garbles it."""

    between: TcpProxy


@contextmanager
def through_garble(servers: Servers, folder: Path) -> Iterator[Instance]:
    """An instance that reaches Redis through a proxy."""
    with TcpProxy(servers.redis.port) as between:
        instance = _Garbled({**servers.env, "CACHE_URL": f"redis://127.0.0.1:{between.port}/0"}, folder / "log", 2)
        instance.between = between
        with instance:
            yield instance


@contextmanager
def garbled_redis(scene: Scene) -> Iterator[None]:
    """What it answers is no Redis protocol."""
    assert isinstance(scene.instance, _Garbled)
    between = scene.instance.between
    between.garbage = _GARBAGE + b"\r\n"
    try:
        yield
    finally:
        between.garbage = b""
