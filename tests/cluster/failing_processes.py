"""Processes of the portal that fail, with their files and clocks, as rows of troubles.py have them."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.cluster.instances import Instance
from tests.cluster.servers import Servers
from tests.cluster.site import fresh_token, launched
from tests.cluster.watch import Scene

_CLOCK = Path(__file__).with_name("moved_clock.c")
_COMPILER = shutil.which("cc")
_SMALLEST_PIPE = 4096


@contextmanager
def nothing(_scene: Scene) -> Iterator[None]:
    """All goes well."""
    yield


@contextmanager
def killed_worker(scene: Scene) -> Iterator[None]:
    """One dies; the other goes on, and another takes the first one's place."""
    [lost, other] = scene.instance.workers()
    os.kill(lost, signal.SIGKILL)
    yield
    scene.instance.wait_for_other_workers([lost], 2)
    assert other in scene.instance.workers()


@contextmanager
def frozen_worker(scene: Scene) -> Iterator[None]:
    """One does not go on for a while."""
    frozen = scene.instance.workers()[0]
    os.kill(frozen, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(frozen, signal.SIGCONT)


@contextmanager
def silent_worker(scene: Scene) -> Iterator[None]:
    """One does not go on; the server notices, and replaces it."""
    frozen = scene.instance.workers()[0]
    os.kill(frozen, signal.SIGSTOP)
    yield
    scene.instance.wait_for_other_workers([frozen], 2)


def soon_noticed(servers: Servers, folder: Path) -> AbstractContextManager[Instance]:
    """An instance that notices earlier that a worker hangs."""
    return Instance({**servers.env, "GUNICORN_CMD_ARGS": "--timeout 5"}, folder / "log", workers=2)


@contextmanager
def broken_hosts_file(scene: Scene) -> Iterator[None]:
    """Somebody saves a typo, and a worker dies; panels are launched as before."""
    file = scene.servers.hosts_file
    good = file.read_text()
    file.write_text("{ broken by a typo")
    try:
        with killed_worker(scene):
            yield
        answers = [_launched(scene) for _ in range(10)]
    finally:
        file.write_text(good)
    assert answers == [200] * 10


def _launched(scene: Scene) -> int:
    host = scene.servers.host
    return launched(scene.instance.address, host, fresh_token(host)).status_code


class _Clocked(Instance):
    """Its clock is ahead by the seconds in a file."""

    clock: Path


@contextmanager
def with_own_clock(servers: Servers, folder: Path) -> Iterator[Instance]:
    """An instance whose clock may be moved."""
    if not _COMPILER:
        pytest.skip("no C compiler is installed")
    library, clock = folder / "moved_clock.so", folder / "clock"
    subprocess.run([_COMPILER, "-shared", "-fPIC", "-o", library, _CLOCK, "-lm"], check=True)
    clock.write_bytes(struct.pack("d", 0))
    instance = _Clocked({**servers.env, "LD_PRELOAD": str(library), "MOVED_CLOCK": str(clock)}, folder / "log", 2)
    instance.clock = clock
    with instance:
        yield instance


def moved_clock(seconds: float) -> Callable[[Scene], AbstractContextManager[None]]:
    """The clock jumps by so much, and later back."""

    @contextmanager
    def moved(scene: Scene) -> Iterator[None]:
        assert isinstance(scene.instance, _Clocked)
        _set(scene.instance.clock, seconds)
        yield
        _set(scene.instance.clock, 0)

    return moved


def _set(clock: Path, seconds: float) -> None:
    # In place: the processes have it in their memory.
    with clock.open("r+b") as file:
        file.write(struct.pack("d", seconds))


@contextmanager
def with_unread_log(servers: Servers, folder: Path) -> Iterator[Instance]:
    """An instance whose log goes to a pipe that is full soon; it stops in order all the same."""
    log = folder / "log"
    os.mkfifo(log)
    nobody = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(nobody, fcntl.F_SETPIPE_SZ, _SMALLEST_PIPE)
    try:
        with Instance(servers.env, log, workers=2) as instance:
            yield instance
            code = instance.ask_to_stop().wait(30)
    finally:
        os.close(nobody)
    assert code == 0
