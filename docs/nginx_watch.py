#!/usr/bin/env python3
"""Keeps nginx from instances of the portal that hang: they take connections but answer nothing, or are cut off.

nginx learns of such an instance only by waiting for it, and cannot tell it from one that waits for a slow API. So
this asks each instance for /healthz four times a second. One that has been silent for a second, while another
answers, is marked `down` in nginx's configuration, nginx is reloaded, and nginx's connections to it are cut. So
nginx asks another instance for the pages that were under way, and tells those who were sending something that it
failed. An instance that is heard again for a second, and whose /readyz is good, is given back.

It runs beside nginx, as root, for it needs CAP_NET_ADMIN (docs/nginx-watch.service). It needs Python 3.11, `ss` of
iproute2, and a kernel with CONFIG_INET_DIAG_DESTROY; it ends and says so where it cannot cut connections.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

# How often each instance is asked, in seconds.
_PAUSE_SECONDS = 0.25
# One that nothing was heard of for this long hangs. A late answer ends the silence, too.
_SILENT_SECONDS = 1.0
# Whoever answered within this time can be asked instead. Where nobody did, what they share is slow: none is
# marked.
_ANSWERS_SECONDS = 0.6
# One that is marked has to be heard for this long, without such a pause, and be ready, to be given back: it may
# have been cut off from the database, too. One that is never ready is given back later all the same, for others
# may lack as much.
_STEADY_SECONDS = 1.0
_STEADY_UNREADY_SECONDS = 10.0
# An answer that takes longer than this is not waited for.
_PATIENCE_SECONDS = 3.0
# Connections to one that hangs wait in its backlog, which must not fill up.
_ASKED_AT_ONCE = 12

# A line such as “server 10.0.0.11:8000 max_fails=3 fail_timeout=2s;”, with a numeric address.
_SERVER = re.compile(r"^(\s*server\s+)\[?([0-9a-f.:]+?)\]?:(\d+)((?:\s+[^\s;]+)*?)(\s+down)?\s*;", re.MULTILINE)

# “HTTP/1.1 200”.
_STATUS_BYTES = 12
_NOWHERE = subprocess.DEVNULL

logger = logging.getLogger("nginx_watch")


class Instance:
    """An instance, and what was heard of it. Times are those of the monotonic clock."""

    def __init__(self, host: str, port: int, *, is_down: bool) -> None:
        self.host = host
        self.port = port
        self.is_down = is_down
        self._answered_at = self._heard_at = self._steady_since = time.monotonic()
        self.is_ready = False
        self._asking: dict[socket.socket, asyncio.Task[None]] = {}

    def __str__(self) -> str:
        return f"{self._host}:{self.port}"

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def can_be_asked(self, now: float) -> bool:
        """Whether nginx passes requests on to it, and it answers."""
        return not self.is_down and now - self._answered_at < _ANSWERS_SECONDS

    def is_silent(self, now: float) -> bool:
        """Whether nothing was heard of it for too long."""
        return now - self._heard_at >= _SILENT_SECONDS

    def is_steady(self, now: float) -> bool:
        """Whether it has been heard for long enough without a pause."""
        enough = _STEADY_SECONDS if self.is_ready else _STEADY_UNREADY_SECONDS
        return now - self._heard_at < _ANSWERS_SECONDS and now - self._steady_since >= enough

    def excuse(self, now: float) -> None:
        """Forget a silence that was not its own."""
        self._heard_at = now

    def ask(self, said: str) -> None:
        """Ask it once more, in these words behind the path, beside what is still under way."""
        if len(self._asking) >= _ASKED_AT_ONCE:
            return
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        asking = socket.socket(family, socket.SOCK_STREAM)
        asking.settimeout(0)
        self._asking[asking] = asyncio.ensure_future(self._hear(asking, said))

    async def cut(self) -> None:
        """End all connections of this machine to it, but for those that ask whether it is back."""
        own = [f"sport != :{one.getsockname()[1]}" for one in self._asking]
        condition = " and ".join([f"dst = {self._host}", f"dport = :{self.port}", *own])
        cutting = await asyncio.create_subprocess_exec(*_cutting(condition), stdout=_NOWHERE, stderr=_NOWHERE)
        await cutting.wait()

    async def _hear(self, asking: socket.socket, said: str) -> None:
        loop = asyncio.get_running_loop()
        is_for_ready = self.is_down
        path = "/readyz" if is_for_ready else "/healthz"
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await loop.sock_connect(asking, (self.host, self.port))
                await loop.sock_sendall(asking, f"GET {path} {said}".encode())
                if answer := await loop.sock_recv(asking, _STATUS_BYTES):
                    self._answered_at = time.monotonic()
                    self.is_ready = is_for_ready and b" 200" in answer
            self._note()
        except (ConnectionRefusedError, ConnectionResetError):
            # It is being restarted, and its machine says so. nginx gets along with that by itself.
            self._note()
        except OSError:
            logger.debug("%s did not answer", self)
        finally:
            del self._asking[asking]
            asking.close()

    def _note(self) -> None:
        now = time.monotonic()
        if now - self._heard_at >= _ANSWERS_SECONDS:
            self._steady_since = now
        self._heard_at = now


class Servers:
    """nginx's configuration of the portal. In its lines of servers, the word `down` is added and removed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def instances(self) -> list[Instance]:
        """Those that the file names. One that is marked was marked by a watch that ended since."""
        found = _SERVER.finditer(self._path.read_text())
        return [Instance(one[2], int(one[3]), is_down=bool(one[5])) for one in found]

    def mark(self, instances: Sequence[Instance]) -> None:
        """Write down which of them are down; nginx never sees half of it."""
        down = {(one.host, one.port) for one in instances if one.is_down}

        def marked(line: re.Match[str]) -> str:
            is_down = (line[2], int(line[3])) in down
            host = f"[{line[2]}]" if ":" in line[2] else line[2]
            return f"{line[1]}{host}:{line[3]}{line[4]}{' down' if is_down else ''};"

        fresh = self._path.with_suffix(".new")
        fresh.write_text(_SERVER.sub(marked, self._path.read_text()))
        fresh.chmod(self._path.stat().st_mode)
        fresh.replace(self._path)


class Watch:
    """Asks all instances, and has nginx leave alone those that hang."""

    def __init__(self, servers: Servers, reload: Sequence[str], name: str) -> None:
        self._servers = servers
        self._reload = reload
        self._instances = servers.instances()
        # What nginx would say for an agent.
        self._said = f"HTTP/1.1\r\nHost: {name}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"

    async def run(self) -> None:
        """Go on until cancelled; then nothing stays marked, for nobody would notice that it is back."""
        logger.info("watches %s", ", ".join(map(str, self._instances)))
        try:
            while True:
                await self._once()
        finally:
            if any(one.is_down for one in self._instances):
                for one in self._instances:
                    one.is_down = False
                await self._tell_nginx()

    async def _once(self) -> None:
        began = time.monotonic()
        for one in self._instances:
            one.ask(self._said)
        await asyncio.sleep(_PAUSE_SECONDS)
        now = time.monotonic()
        if now - began > _ANSWERS_SECONDS:
            # This process stood still itself, and could hear nobody.
            for one in self._instances:
                one.excuse(now)
            return
        has_changed = self._judge(now)
        for one in self._instances:
            if one.is_down:
                # Each time, for nginx may pass something on until it has read that it is down.
                await one.cut()
        if has_changed:
            await self._tell_nginx()

    def _judge(self, now: float) -> bool:
        """Decide who is down; whether that has changed."""
        before = [one.is_down for one in self._instances]
        do_others_answer = any(one.can_be_asked(now) for one in self._instances)
        for one in self._instances:
            if one.is_down and one.is_steady(now):
                one.is_down = False
                logger.warning("%s is given back", one)
            elif not one.is_down and one.is_silent(now) and do_others_answer:
                one.is_down = True
                logger.warning("%s is silent and is left alone", one)
        return before != [one.is_down for one in self._instances]

    async def _tell_nginx(self) -> None:
        self._servers.mark(self._instances)
        reloading = await asyncio.create_subprocess_exec(*self._reload)
        if await reloading.wait():
            logger.error("nginx could not be reloaded; it goes by what it knew before")


def _cutting(condition: str) -> list[str]:
    return ["ss", "--no-header", "--numeric", "--kill", "--tcp", condition]


def can_cut() -> bool:
    """Whether this process may end connections here, tried with one of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as connection:
            subprocess.run(_cutting(f"dst = 127.0.0.1 and dport = :{port}"), capture_output=True, check=False)
            connection.settimeout(0)
            try:
                connection.recv(1)
            except BlockingIOError:
                return False
            except ConnectionAbortedError:
                return True
    return False


async def _started(servers: Servers, reload: Sequence[str], name: str) -> None:
    running = asyncio.ensure_future(Watch(servers, reload, name).run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    await asyncio.wait([running])
    if not running.cancelled():
        running.result()


def main() -> None:
    """Watch the instances that the file names."""
    parser = argparse.ArgumentParser(description="Keeps nginx from instances of the portal that hang.")
    parser.add_argument("servers", type=Path, help="nginx's configuration, with a line for each server")
    parser.add_argument("--reload", default="systemctl reload nginx", help="the command that reloads nginx")
    parser.add_argument("--name", default="localhost", help="the portal's host name, one of its ALLOWED_HOSTS")
    options = parser.parse_args()
    logging.basicConfig(format="nginx_watch: %(message)s", level=logging.INFO)
    if not can_cut():
        sys.exit(
            "nginx_watch: connections cannot be cut: CAP_NET_ADMIN, ss or CONFIG_INET_DIAG_DESTROY is missing"
        )
    asyncio.run(_started(Servers(options.servers), shlex.split(options.reload), options.name))


if __name__ == "__main__":
    main()
