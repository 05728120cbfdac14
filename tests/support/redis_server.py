"""A Redis server of a test's own, which it may stop, freeze and fill."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from typing import Any

import environ
import pytest
import redis

from ercportal.caches import limit_cache
from tests.support.kinds import needs
from tests.support.ports import free_port

needs_redis = needs(shutil.which("redis-server"), "redis-server")


class Redis:
    """A Redis server of the test's own. Whatever was done to it ends with `stop`."""

    def __init__(self, *options: str) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it until it answers."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            ["redis-server", *options, *self._options],  # noqa: S607
            stdout=subprocess.DEVNULL,
        )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail("redis-server did not start")

    def stop(self) -> None:
        """End it, connections and all."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """End it and run it again, empty."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Let it answer nobody, while its connections stand."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def client(self) -> redis.Redis:
        """A way to look into it and to put things there, past the portal."""
        return redis.Redis(port=self.port)

    def fill(self, share: float) -> None:
        """Limit its memory so that so much of it is used, from 0 to 1; nothing is evicted."""
        with self.client() as client:
            # So much that what a test adds hardly counts.
            client.setrange("ballast", 10_000_000, b"x")
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", int(client.info("memory")["used_memory"] / share))

    def empty(self) -> None:
        """Forget all that is there, the limit as well."""
        with self.client() as client:
            client.config_set("maxmemory", 0)
            client.flushall()

    def _signal(self, number: int) -> None:
        assert self._process, "redis-server does not run"
        os.kill(self._process.pid, number)


def site_cache(url: str) -> dict[str, Any]:
    """The cache at an address, as the site's settings have it."""
    return limit_cache(environ.Env.cache_url_config(url), timeout_seconds=0.25)
