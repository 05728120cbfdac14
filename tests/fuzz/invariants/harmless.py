"""What came stays text: no element, attribute, address or direction of a page is anybody's but the portal's."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.fuzz.texts import MARK

_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
_ATTRIBUTE = re.compile(r"[\s}]([a-z][a-z0-9-]*)(?=[=\s>{])")
_RUNNING = re.compile(r"on|style$|srcdoc$|formaction$|http-equiv$|background$|ping$")
_ADDRESSES = frozenset({"href", "src", "action", "hx-get"})
_PARSERS = frozenset({"html", "head", "body", "tbody"})
_OF_NETWORKS = re.compile(r"(^|\.)(localhost|local|internal|intranet|lan|home|corp|testserver|arpa)\.?$")
_COPIED = "[data-answer], [data-delivery-answer], [data-order-answer], [data-tracking], [data-sku]"
_ISOLATES = {"\u2068", "\u2069"}
# The marks with which CLDR keeps the sign of a currency, and a minus, on their side of the number.
_OF_ARABIC = {*_ISOLATES, "\u200e", "\u200f", "\u061c"}
_JOINERS = {"\u200c", "\u200d", "\u00ad"}


def parsed(html: str) -> LexborHTMLParser:
    """The page as a browser reads it."""
    return LexborHTMLParser(html)


def require_harmless(page: LexborHTMLParser, *, is_from_the_right: bool) -> None:
    """Every part of a page is of the portal's own making, and every text one that can be read and copied."""
    elements, attributes = vocabulary()
    allowed = _OF_ARABIC if is_from_the_right else set()
    assert page.root is not None
    for node in page.root.traverse(include_text=True):
        if node.is_text_node:
            _require_readable(node.text_content or "", allowed)
            continue
        assert node.tag in elements, f"an element of somebody else: {node.tag}"
        for name, value in node.attributes.items():
            assert name in attributes, f"an attribute of somebody else: {name}"
            assert not _RUNNING.match(name), f"an attribute that runs something: {name}"
            _require_readable(value or "", allowed)
            if name in _ADDRESSES:
                _require_address(node, value or "")
    for button in page.css("[data-copy]"):
        _require_readable(button.attributes["data-copy"] or "", set())


def require_copyable(page: LexborHTMLParser) -> None:
    """What is copied holds no mark of direction, as no field that it is pasted into expects one."""
    for node in page.css(_COPIED):
        _require_readable(node.text(), _ISOLATES)


@cache
def vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The elements and the attributes that the templates have."""
    source = "\n".join(path.read_text() for path in Path(settings.BASE_DIR, "templates").rglob("*.html"))
    assert MARK not in source
    return frozenset(_ELEMENT.findall(source)) | _PARSERS, frozenset(_ATTRIBUTE.findall(source))


def _require_readable(text: str, allowed: set[str]) -> None:
    for character in set(text) - {"\n"}:
        category = unicodedata.category(character)
        is_fine = character in allowed or character in _JOINERS or category not in ("Cc", "Cf", "Cs")
        assert is_fine, f"U+{ord(character):04X} in {text[:80]!a}"


def _require_address(node: LexborNode, address: str) -> None:
    if node.tag == "img":
        assert address.lower().startswith("https://"), f"a picture from {address!a}"
        require_public(address)
    elif address.startswith(("http:", "https:")):
        assert node.attributes.get("target") == "_blank"
        assert node.attributes.get("rel") == "noopener noreferrer"
        require_public(address)
    else:
        assert re.match(
            r"/(orders/|customers/|static/|logout/|language/|zone/|find/)|#item[-_]|#extras$|#?$", address
        ), address


def require_public(address: str) -> None:
    """An address of the public web, as it stands: nothing in it that one reader sees and another does not."""
    assert address.isprintable(), ascii(address)
    assert not re.search(r"[\s\"<>\\^`{|}]", address), address
    parts = urlsplit(address)
    assert "@" not in parts.netloc, address
    host = unicodedata.normalize("NFKC", unquote(parts.hostname or "")).lower().replace("\u3002", ".")
    assert host, address
    assert not _OF_NETWORKS.search(host), address
    assert not re.fullmatch(r"(0x)?[0-9a-f.]*[0-9]", host.rpartition(".")[2]) or _is_global(host), address


def _is_global(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False
