"""`manage.py embed_guide`: what to paste where, so that a desktop shows the panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orders.embed.desktops.zendesk import ZendeskDesktop
from orders.embed.guides import guide, zendesk_app
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.registry import registry

if TYPE_CHECKING:
    from argparse import ArgumentParser

_LOGOS = ("logo.png", "logo-small.png")


class Command(BaseCommand):
    """Prints the steps for one desktop, and writes the app that Zendesk takes."""

    help = "Prints what to paste where, so that a desktop of EMBED_HOSTS shows the panel. No secret is printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the desktop, as its entry names it")
        parser.add_argument(
            "--portal", default="", help="the portal's address, such as https://portal.example.com"
        )
        parser.add_argument(
            "--zip", type=Path, help="where Zendesk's app is written (default: zendesk-SLUG.zip in this folder)"
        )

    def handle(self, *_args: Any, slug: str, portal: str, **options: Any) -> None:
        """Raises CommandError for a desktop that is not there, and where the app cannot be written."""
        host = _host(slug)
        origin = _origin(portal)
        try:
            steps = guide(host, origin)
        except ValueError as error:
            raise CommandError(f"{slug} needs no guide: {error}.") from None
        self.stdout.write(f"{host.name} ({host.kind.label})\n")
        for number, step in enumerate(steps, 1):
            lines = "\n".join(f"    {line}" for line in step.text.splitlines())
            self.stdout.write(f"\n{number}. {step.where}\n\n{lines}\n")
        if isinstance(host, ZendeskDesktop):
            self._write_app(host, origin, options["zip"] or Path(f"zendesk-{slug}.zip"))
        self.stdout.write(f"\ndocs/desktops/{host.kind}.md explains each step.")

    def _write_app(self, host: ZendeskDesktop, origin: str, file: Path) -> None:
        try:
            logos = {name: (settings.BASE_DIR / "static" / "img" / name).read_bytes() for name in _LOGOS}
            file.write_bytes(zendesk_app(host, origin, logos))
        except OSError as error:
            raise CommandError(
                f"{file} cannot be written ({error.strerror}). Name another one with --zip."
            ) from None
        self.stdout.write(f"\nThe app to upload: {file}\n")


def _host(slug: str) -> EmbedHost:
    hosts = registry().hosts()
    if slug in hosts:
        return hosts[slug]
    known = ", ".join(name for name, host in hosts.items() if host.kind is not Kind.OWN)
    raise CommandError(f"No such desktop. There are: {known or 'none'}.")


def _origin(given: str) -> str:
    """Give the portal's origin: the given one, or what the settings know of it."""
    hosts = [name for name in settings.ALLOWED_HOSTS if name.strip(".*")]
    known = f"https://{hosts[0].lstrip('.')}" if hosts else "https://portal.example.com"
    parts = urlsplit(given or known)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise CommandError("--portal must be an address such as https://portal.example.com.")
    return f"{parts.scheme}://{parts.netloc}"
