"""A PostgreSQL server of a test's own, in a folder that goes with it; the test may stop, freeze and restart it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.kinds import needs
from tests.support.ports import free_port


def _program(name: str) -> str | None:
    # Debian keeps the server's programs out of the path.
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(installed[0]) if installed else None)


needs_postgres = needs(_program("initdb"), "PostgreSQL")


class Postgres:
    """A fresh server, while the `with` block lasts. Whatever was done to it ends with the block."""

    def __init__(self) -> None:
        # The server refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        self.port = free_port()
        self.url = f"postgres://portal@127.0.0.1:{self.port}/postgres"
        self._folder = tempfile.TemporaryDirectory(prefix="pg-")
        self._frozen: list[int] = []

    def __enter__(self) -> Self:
        if self._user:
            os.chown(self._folder.name, pwd.getpwnam(self._user).pw_uid, -1)
        options = ("-U", "portal", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", self._data, *options)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.thaw()
        if (Path(self._data) / "postmaster.pid").exists():
            self.stop()
        self._folder.cleanup()

    def start(self) -> None:
        """Run it until it answers."""
        folder = self._folder.name
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        self._run("pg_ctl", "-D", self._data, "-l", f"{folder}/log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """End it at once, connections and all."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def restart(self) -> None:
        """End it and run it again."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Let none of its processes go on, while their connections stand."""
        main = int((Path(self._data) / "postmaster.pid").read_text().split()[0])
        # The main one first: it makes no others then.
        os.kill(main, signal.SIGSTOP)
        self._frozen = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        for process in self._frozen[1:]:
            os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all of them go on."""
        for process in self._frozen:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)
        self._frozen = []

    @property
    def _data(self) -> str:
        return f"{self._folder.name}/data"

    def _run(self, name: str, *arguments: str) -> None:
        program = _program(name)
        assert program, "PostgreSQL is not installed"
        command = (program, *arguments)
        subprocess.run(command, user=self._user, check=True, cwd=self._folder.name, stdout=subprocess.DEVNULL)


@contextmanager
def postgres() -> Iterator[str]:
    """A fresh server; yields its URL."""
    with Postgres() as server:
        yield server.url
