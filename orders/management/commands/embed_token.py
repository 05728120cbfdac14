"""`manage.py embed_token`: a launch token, or the address that it opens, for a try by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orders.embed.hosts import EmbedHost, HostKey, Kind
from orders.embed.launch_tokens import MAX_LIFE_SECONDS
from orders.embed.registry import registry
from orders.embed.signing import launch_token

if TYPE_CHECKING:
    from argparse import ArgumentParser


_SOUGHT = ("email", "phone", "order_number")
_LOOKS = ("name", "locale", "zone", "customer_zone", "theme")


class Command(BaseCommand):
    """Prints a launch token that opens the panel once."""

    help = (
        "Prints a launch token for a registered host. Under DEBUG a host's secret is taken from the settings; "
        "otherwise give the host's key in a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer_id", nargs="?", default="", help="leave out to have the customer found")
        parser.add_argument("order_id", nargs="?", default="", help="leave out to let the agent look orders up")
        parser.add_argument("--issuer", default="", help="the host (default: the first registered one)")
        parser.add_argument("--kid", default="", help="the key (default: the host's first one)")
        parser.add_argument("--key-file", type=Path, help="file with the host's secret, or its private key in PEM")
        parser.add_argument("--agent", default="agent", help="the agent's id at the host (default: agent)")
        parser.add_argument("--seconds", type=int, default=MAX_LIFE_SECONDS, help="life (default and most: 300)")
        parser.add_argument(
            "--address", metavar="PORTAL", help="print an address, such as that of http://127.0.0.1:8000"
        )
        for claim in (*_SOUGHT, *_LOOKS):
            parser.add_argument(f"--{claim.replace('_', '-')}", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError where nobody is named, and where the host, its key or the time is not usable."""
        if not 1 <= options["seconds"] <= MAX_LIFE_SECONDS:
            raise CommandError(f"--seconds must be from 1 to {MAX_LIFE_SECONDS}.")
        if not any(options[name] for name in ("customer_id", *_SOUGHT)):
            raise CommandError("Give a customer id, or one of --email, --phone and --order-number.")
        if options["address"] and not options["customer_id"]:
            raise CommandError("--address needs a customer id: what callers say stands in no address.")
        host, key = _host_and_key(options["issuer"], options["kid"])
        try:
            token = launch_token(
                _signing_key(key, options["key_file"]),
                issuer=host.issuer,
                kid=key.kid,
                algorithm=key.algorithm,
                audience=settings.EMBED_AUDIENCE,
                **{name: options[name] for name in ("agent", "customer_id", "order_id", "seconds")},
                **{name: options[name] for name in (*_SOUGHT, *_LOOKS)},
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            raise CommandError(f"The key in --key-file does not fit {key.algorithm}.") from None
        address = options["address"]
        self.stdout.write(f"{address.rstrip('/')}/embed/?{urlencode({'token': token})}" if address else token)


def _host_and_key(issuer: str, kid: str) -> tuple[EmbedHost, HostKey]:
    hosts = {name: host for name, host in registry().hosts().items() if host.kind is Kind.OWN}
    host = hosts.get(issuer) if issuer else next(iter(hosts.values()), None)
    if host is None:
        raise CommandError(f"No such host. Registered: {', '.join(hosts) or 'none'}.")
    key = host.keys.get(kid) if kid else next(iter(host.keys.values()))
    if key is None:
        raise CommandError(f"The host has no such key. Its keys: {', '.join(host.keys)}.")
    return host, key


def _signing_key(key: HostKey, key_file: Path | None) -> bytes:
    if key_file:
        try:
            return key_file.read_bytes().strip()
        except OSError as error:
            raise CommandError(f"--key-file cannot be read ({error.strerror}).") from None
    if settings.DEBUG and isinstance(key.verification_key, bytes):
        return key.verification_key
    raise CommandError("Give the host's secret or private key with --key-file.")
