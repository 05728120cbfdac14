"""`manage.py desktop`: run the make-believe contact-center desktop until Ctrl-C or SIGTERM."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.server import DesktopServer
from ercportal.demo.stopping import Stoppable

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Runs the desktop in the foreground."""

    help = "Runs a make-believe contact-center desktop, which embeds the panel (DEBUG only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and where the portal is."""
        parser.add_argument("--port", type=int, default=8002, help="port to listen on (default: 8002)")
        parser.add_argument(
            "--portal", default="http://127.0.0.1:8000", help="the portal (default: http://127.0.0.1:8000)"
        )

    def handle(self, *_args: Any, port: int, portal: str, **_options: Any) -> None:
        """Serve until interrupted. Raises CommandError if the address cannot be taken."""
        host = dataclasses.replace(DEMO_DESKTOP, origin=f"http://localhost:{port}")
        try:
            server = DesktopServer(host, portal=portal.rstrip("/"), audience=settings.EMBED_AUDIENCE, port=port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}). Choose another one with --port.") from None
        with Stoppable():
            try:
                self.stdout.write(f"Desktop: {host.origin}/ embeds the panel of {portal}. Ctrl-C stops it.")
                self.stdout.flush()
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Desktop stopped.")
            finally:
                server.stop()
