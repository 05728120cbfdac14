"""Reads the hosts that may embed the portal from the settings' JSON: a list with an entry for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from orders.embed.desktops.genesys import GenesysEntry
from orders.embed.desktops.salesforce import SalesforceEntry
from orders.embed.desktops.told import ToldEntry
from orders.embed.desktops.zendesk import ZendeskEntry
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.own_host import HostEntry


class _Entry(Protocol):
    """An entry of any kind."""

    def read(self, *, allow_plain: bool) -> EmbedHost:
        """Read the host. Raises ValueError with what to correct, without key material."""


_KINDS: dict[str, type[_Entry]] = {
    Kind.SALESFORCE: SalesforceEntry,
    Kind.ZENDESK: ZendeskEntry,
    Kind.AMAZON_CONNECT: ToldEntry,
    Kind.GENESYS: GenesysEntry,
    Kind.CHATWOOT: ToldEntry,
    Kind.ADDRESS: ToldEntry,
}


def read_hosts(entries: Any, *, allow_plain: bool) -> dict[str, EmbedHost]:
    """Read hosts by issuer, or by slug where they are of another kind; `allow_plain` takes origins with http.

    Raises ValueError with what to correct and where, without key material.
    """
    if not isinstance(entries, list):
        raise ValueError("the hosts must be a list, with an object for each")  # noqa: TRY004 - a setting's value
    hosts: dict[str, EmbedHost] = {}
    for number, entry in enumerate(entries, 1):
        where = f"host {number}{_named(entry)}"
        try:
            host = _read(entry, allow_plain=allow_plain)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
        if host.issuer in hosts:
            raise ValueError(f"{where}: another host has the same {'issuer' if host.kind is Kind.OWN else 'slug'}")
        hosts[host.issuer] = host
    return hosts


def _read(entry: Any, *, allow_plain: bool) -> EmbedHost:
    if not isinstance(entry, Mapping):
        raise ValueError("it must be an object")  # noqa: TRY004 - a setting's value
    kind = entry.get("kind")
    shape: type[_Entry] | None = (
        HostEntry if "kind" not in entry else _KINDS.get(kind) if isinstance(kind, str) else None
    )
    if shape is None:
        raise ValueError(f"kind must be {', '.join(_KINDS)}, or be left out for a host that signs launch tokens")
    try:
        read = msgspec.convert(entry, shape)
    except msgspec.ValidationError as error:
        # The error names the key and its type, never its value.
        raise ValueError(str(error)) from None
    return read.read(allow_plain=allow_plain)


def _named(entry: Any) -> str:
    """Give the name of an entry for a message, as far as it has one that can be read."""
    if not isinstance(entry, Mapping):
        return ""
    name = entry.get("slug", entry.get("issuer"))
    return f" ({name[:100]})" if isinstance(name, str) and name and name.isprintable() else ""
