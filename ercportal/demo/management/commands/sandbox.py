"""`manage.py sandbox`: run the stand-in for the ERC API until Ctrl-C or SIGTERM."""

from __future__ import annotations

import errno
import logging
import re
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET, KEY_CLIENT_ID, KEY_ID, private_key_base64
from ercportal.demo.sandbox.server import SandboxServer
from ercportal.demo.stopping import Stoppable

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Mapping


class Command(BaseCommand):
    """Runs the sandbox in the foreground."""

    help = "Runs the sandbox: a stand-in for the ERC e-commerce API, with made-up customers and orders."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, how long tokens live, how slow it is, and whether to log requests."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8001, help="port to listen on (default: 8001)")
        parser.add_argument(
            "--token-life", type=int, default=600, help="seconds that a token lives (default: 600)"
        )
        parser.add_argument(
            "--delay-ms",
            type=_milliseconds,
            default=0,
            help="milliseconds that every answer takes longer, as over a network (default: 0)",
        )
        parser.add_argument("--quiet", action="store_true", help="do not log requests")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Serve until interrupted. Raises CommandError if the address cannot be taken."""
        if options["quiet"]:
            logging.getLogger("ercportal.demo.sandbox").setLevel(logging.WARNING)
        else:
            _log_requests()
        sandbox = _open(options)
        with Stoppable():
            try:
                self.stdout.write(_how_to_connect(sandbox))
                self.stdout.flush()
                sandbox.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Sandbox stopped.")
            finally:
                sandbox.stop()


def _milliseconds(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise ArgumentTypeError(f"{text} is no number of milliseconds from 0 to 99999")
    return int(text)


def _open(options: Mapping[str, Any]) -> SandboxServer:
    host, port = options["host"], options["port"]
    try:
        return SandboxServer(host, port, options["token_life"], options["delay_ms"])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(f"Port {port} is taken. Choose another one with --port.") from None
        raise CommandError(f"Cannot listen on {host}, port {port}: {error}") from None
    except OverflowError:
        raise CommandError(f"{port} is not a port. Choose one from 0 to 65535 with --port.") from None


def _log_requests() -> None:
    log = logging.getLogger("ercportal.demo.sandbox")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s sandbox %(message)s", "%H:%M:%S"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _how_to_connect(sandbox: SandboxServer) -> str:
    return "\n".join(
        (
            f"Sandbox of the ERC API: {sandbox.base_url} lists the orders worth trying. Ctrl-C stops it.",
            "Connect with these settings:",
            f"  ERC_API_BASE_URL={sandbox.base_url}",
            f"  ERC_TOKEN_URL={sandbox.token_url}",
            f"  ERC_CLIENT_ID={CLIENT_ID} ERC_CLIENT_SECRET={CLIENT_SECRET}",
            "or, to authenticate with a key in place of a secret:",
            f"  ERC_CLIENT_ID={KEY_CLIENT_ID} ERC_KEY_ID={KEY_ID} ERC_PRIVATE_KEY={private_key_base64()}",
        )
    )
