"""`manage.py demo`: sandbox, portal and a make-believe desktop together, with sign-ins and texts to search for."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.kinds import KINDS
from ercportal.demo.samples import SAMPLE_FAULTS, SAMPLE_SEARCHES
from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.stopping import Stoppable, end
from orders.accounts.groups import AGENT

_HOST = "127.0.0.1"
_START_SECONDS = 30
_SIGN_INS = (
    ("agent", "looks orders up"),
    ("supervisor", "reads the access log at /admin/"),
    ("engineer", "inspects what the API said at /admin/"),
    ("admin", "may do everything, also at /admin/"),
)


class Command(BaseCommand):
    """Runs the demo until Ctrl-C."""

    help = "Starts the sandbox, the portal with demo sign-ins, and a desktop that embeds it (DEBUG only)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ports of the three servers."""
        parser.add_argument("--port", type=int, default=8000, help="the portal's port (default 8000)")
        parser.add_argument("--sandbox-port", type=int, default=8001, help="the sandbox's port (default 8001)")
        parser.add_argument(
            "--desktop-port", type=int, help="the desktop's port (default: two above the portal's, or three)"
        )

    def handle(self, *_args: Any, port: int, sandbox_port: int, desktop_port: int | None, **_options: Any) -> None:
        """Prepare the database, start all, tell where to go, wait. Raises CommandError with what to do."""
        if desktop_port is None:
            desktop_port = port + 2 if port + 2 != sandbox_port else port + 3
        _require_free_port(port, "PORT")
        _require_free_port(sandbox_port, "SANDBOX_PORT")
        _require_free_port(desktop_port, "DESKTOP_PORT")
        children: list[subprocess.Popen[bytes]] = []
        with Stoppable() as stoppable:
            try:
                self._run(stoppable, children, port=port, sandbox_port=sandbox_port, desktop_port=desktop_port)
            except KeyboardInterrupt:
                self._say("\nStopping all.")
            finally:
                with stoppable.held():
                    end(children)

    def _run(
        self,
        stoppable: Stoppable,
        children: list[subprocess.Popen[bytes]],
        *,
        port: int,
        sandbox_port: int,
        desktop_port: int,
    ) -> None:
        self._say("Preparing the database …")
        call_command("migrate", verbosity=0)
        _create_sign_ins()
        environment = _environment(sandbox_port, desktop_port)
        address = f"http://{_HOST}:{port}"
        servers = (
            (
                "sandbox",
                ["sandbox", "--port", str(sandbox_port), "--quiet"],
                f"http://{_HOST}:{sandbox_port}/healthz",
            ),
            ("portal", ["runserver", "--noreload", "-v0", f"{_HOST}:{port}"], f"{address}/readyz"),
            (
                "desktop",
                ["desktop", "--port", str(desktop_port), "--portal", address],
                f"http://{_HOST}:{desktop_port}/",
            ),
        )
        for name, arguments, answers_at in servers:
            self._say(f"Starting the {name} …")
            with stoppable.held():
                children.append(_start(arguments, environment))
            _wait_for(answers_at, children[-1], name)
        self._tell(address, desktop_port, sandbox_port)
        _wait_until_one_ends(children)
        raise CommandError("One of the servers has stopped; the lines above say why.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _tell(self, address: str, desktop_port: int, sandbox_port: int) -> None:
        """Say what to type, then where: the last lines stay in view where the terminal has scrolled."""
        lines = ["", "The portal is ready. Ctrl-C stops all three servers.", "", "  Type into the box", ""]
        lines += [f"    {search.text:<26} {search.about}" for search in SAMPLE_SEARCHES]
        lines += ["", f"  Faults    {', '.join(SAMPLE_FAULTS)}; all at http://{_HOST}:{sandbox_port}/", ""]
        lines += [f"  Desktop   http://localhost:{desktop_port}/   (embeds the panel; needs no sign-in)"]
        lines += [f"            and as others do: {', '.join(f'/{kind.name}/' for kind in KINDS)}"]
        lines += [f"  Address   {address}/", ""]
        lines += [f"  Sign in   {f'{name} / {_password(name)}':<28} {may}" for name, may in _SIGN_INS]
        self._say("\n".join(lines))


def _require_free_port(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). Choose another one: make demo {variable}={port + 10}"
            ) from error


def _create_sign_ins() -> None:
    for name, _may in _SIGN_INS:
        user, _is_new = User.objects.get_or_create(username=name)
        user.is_superuser = name == "admin"
        user.is_staff = name != AGENT
        user.is_active = True
        user.set_password(_password(name))
        user.save()
        user.groups.set(Group.objects.filter(name__in=(AGENT, name)))


def _password(name: str) -> str:
    return f"{name}-demo"


def _environment(sandbox_port: int, desktop_port: int) -> dict[str, str]:
    sandbox = f"http://{_HOST}:{sandbox_port}"
    # Another host name and port than the portal's, so that browsers take the desktop for another site.
    desktop = dataclasses.replace(DEMO_DESKTOP, origin=f"http://localhost:{desktop_port}")
    return {
        **os.environ,
        "ERC_API_BASE_URL": sandbox,
        "ERC_TOKEN_URL": f"{sandbox}/oauth/token",
        "ERC_CLIENT_ID": CLIENT_ID,
        "ERC_CLIENT_SECRET": CLIENT_SECRET,
        "ERC_PRIVATE_KEY": "",
        "EMBED_HOSTS": json.dumps(desktop.registrations()),
        "EMBED_HOSTS_FILE": "",
    }


def _start(arguments: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    # A session of its own: Ctrl-C reaches only this process, which then ends all in order.
    # What they say of themselves would drown the demo's own words; what goes wrong comes on standard error.
    return subprocess.Popen(  # noqa: S603 - no outside input
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )


def _wait_for(address: str, child: subprocess.Popen[bytes], name: str) -> None:
    give_up = time.monotonic() + _START_SECONDS
    while time.monotonic() < give_up:
        if child.poll() is not None:
            raise CommandError(f"The {name} did not start; the lines above say why.")
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - this machine's own http address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise CommandError(f"The {name} did not answer at {address} within {_START_SECONDS} seconds.")


def _wait_until_one_ends(children: Sequence[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
