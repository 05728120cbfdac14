"""Makes the links of a page: safe addresses from the API, and the portal's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from orders.erc.query import CustomerOrdersQuery, ItemsQuery
from orders.lookup.conventions import MAYBE_UNFILLED, NUMBER_NAMES, OTHER_NAMES, UNFILLED
from orders.lookup.customer_forms import NARROWED, seal_search
from orders.lookup.paging import Continuation
from orders.presenters.hosts import is_public

_MAX_LENGTH = 2048
_NO_CHANGES: Mapping[str, str | None] = MappingProxyType({})
_WITHOUT_SCHEME = re.compile(r"(?://|(?=www\.))", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/?#]*//[^/?#]*")
_WEB = re.compile(r"https?://[^/?#\\]", re.IGNORECASE)
# Nearly all addresses are so plain that they need no parsing.
_USUAL = re.compile(r"https://([a-z0-9.-]+)(?:[/?#][\w/?#&=.,;+~!*():@-]*)?", re.ASCII)
# Characters that browsers refuse or change, and a per cent sign that begins no byte.
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}\u200b-\u200d\u2060\ufeff]|%(?![0-9a-fA-F]{2})")
_MARKS = "\u200b\u200c\u200d\u2060\ufeff"


def outside_link(address: str | None, number: str = "") -> str:
    """Give an http(s) address of the public web that an agent may open; empty for anything else.

    A placeholder for the tracking number is replaced by `number`; with any other placeholder, or without a number,
    the result is empty.
    """
    if address and is_public(_usual_host(address)):
        return address
    return _safe(_fill(_complete(address), number), ("https", "http"))


def picture_address(address: str | None) -> str:
    """Give an address that the Content-Security-Policy allows for a picture; empty for anything else."""
    if address and is_public(_usual_host(address)):
        return address
    found = _complete(address)
    if any(found.startswith(f"{origin}/") for origin in settings.IMAGE_ORIGINS):
        return _web(found, ("http",))[0]
    return _safe(found, ("https",))


def _usual_host(address: str) -> str:
    """Give the host of a plain address in which nothing is to be completed, encoded or filled in; else nothing."""
    found = _USUAL.fullmatch(address) if len(address) <= _MAX_LENGTH and "&amp;" not in address else None
    return found[1] if found and not _has_placeholder(address, found.end(1)) else ""


def _complete(address: str | None) -> str:
    """Add the scheme that a browser would add."""
    found = (address or "").strip().strip(_MARKS).replace("&amp;", "&")
    return _WITHOUT_SCHEME.sub("https://", found, count=1) if _WITHOUT_SCHEME.match(found) else found


def _fill(address: str, number: str) -> str:
    """Replace an address's placeholders by the number; empty where one cannot be replaced."""
    start = _authority_end(address)
    if not _has_placeholder(address, start):
        return address
    host, rest = address[:start], address[start:]
    for place in UNFILLED:
        for name in (found["name"] for found in place.finditer(rest)):
            if not number or OTHER_NAMES.search(name) or not NUMBER_NAMES.search(name):
                return ""
        rest = place.sub(lambda found: found.groupdict().get("keep", "") + quote(number, safe=""), rest)
    return host + rest


def _has_placeholder(address: str, start: int) -> bool:
    is_suspect = MAYBE_UNFILLED.search(address, start) is not None
    return is_suspect and any(place.search(address, start) for place in UNFILLED)


def _authority_end(address: str) -> int:
    found = _AUTHORITY.match(address)
    return found.end() if found else len(address)


def _safe(address: str, schemes: tuple[str, ...]) -> str:
    found, host = _web(address, schemes)
    return found if is_public(host) else ""


def _web(address: str, schemes: tuple[str, ...]) -> tuple[str, str]:
    """Give the address in a safe form, and its host; both empty where it is no web address."""
    found = _encode(address)
    if len(address) > _MAX_LENGTH or not _WEB.match(address) or not found.isprintable():
        return "", ""
    try:
        parts = urlsplit(found)
        port = parts.port
    except ValueError:
        return "", ""
    # A user name can look like another host: https://bank.example@attacker.example/.
    if parts.scheme.lower() not in schemes or "@" in parts.netloc or port == 0:
        return "", ""
    return found, parts.hostname or ""


def _encode(address: str) -> str:
    """Percent-encode unsafe characters, except control characters, which make the address invalid."""
    start = _authority_end(address)
    rest = _UNSAFE.sub(lambda found: found[0] if found[0] in "\t\n\r\v\f" else quote(found[0]), address[start:])
    return address[:start] + rest


def items_link(address: str, query: ItemsQuery, changes: Mapping[str, str | None], state: str = "") -> str:
    """Link to a query's page at a surface's `address`, with `changes` to its parameters (None removes one).

    The address's own query stays.
    """
    return _changed(address, {**query.path_ids(), **query.parameters()}, changes, state)


def orders_link(
    address: str, query: CustomerOrdersQuery, changes: Mapping[str, str | None] = _NO_CHANGES, state: str = ""
) -> str:
    """Link to a page of a customer's orders, as `items_link` does; the number that narrows them is sealed."""
    parameters = {**query.path_ids(), **query.parameters()}
    if search := parameters.pop("search", ""):
        parameters[NARROWED] = seal_search(search)
    return _changed(address, parameters, changes, state)


def customer_link(address: str, customer_id: str) -> str:
    """Link to a customer's orders at the surface's `address`."""
    return with_parameters(address, {"customer_id": customer_id})


def _changed(address: str, parameters: dict[str, str], changes: Mapping[str, str | None], state: str) -> str:
    for name, value in {**changes, "trail": state or None}.items():
        parameters.pop(name, None)
        if value is not None:
            parameters[name] = value
    return with_parameters(address, parameters)


def pages_again(listing: Continuation) -> str | None:
    """Give the parameter with which a refresh requests the viewer's pages again; None for one."""
    return str(listing.pages_viewed) if listing.pages_viewed > 1 else None


def start_link(address: str, customer_id: str, order_id: str) -> str:
    """Link to the first page of an order at the surface's `address`; empty without an order."""
    return with_parameters(address, {"customer_id": customer_id, "order_id": order_id}) if order_id else ""


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Add parameters to an address, whose own query stays."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
