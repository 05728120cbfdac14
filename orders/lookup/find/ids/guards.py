"""Unwraps links: mail guards and search engines put the original address into one of their own."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote

# Proofpoint's third version replaces characters that mail could break and appends them to the address.
_PROOFPOINT_3 = re.compile(r"/v3/__(?P<link>.+?)__;(?P<taken>[\w=-]*)!")
_GAP = re.compile(r"\*(?:\*(?P<run>[\w-]))?")
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MIN_RUN = 2
_QUOTED = re.compile(r"https?%3A%2F.*", re.IGNORECASE)
_BASE64_OF_HTTP = "aHR0c"


def unwrap_link(link: str) -> str:
    """Give the link that a guard put unencoded into its own, outside of any parameter; "" without one."""
    found = _PROOFPOINT_3.search(link)
    return _fill(found["link"], _decode(found["taken"])) if found else ""


def links_within(parts: SplitResult, values: list[str]) -> Iterator[str]:
    """Find the links in a link's path, the values of its parameters, and its fragment."""
    if quoted := _QUOTED.search(parts.path):
        yield unquote(quoted[0])
    for value in values:
        if parts.netloc.startswith("urldefense.") and parts.path.startswith("/v2/"):
            yield unquote(value.replace("-", "%").replace("_", "/"))
        elif value.startswith(_BASE64_OF_HTTP):
            yield _decode(value)
        else:
            yield value
    yield parts.fragment


def _fill(link: str, taken: str) -> str:
    signs = iter(taken)

    def sign(gap: re.Match[str]) -> str:
        count = _RUNS.index(gap["run"]) + _MIN_RUN if gap["run"] in tuple(_RUNS) else 1
        return "".join(next(signs, "") for _ in range(count))

    return _GAP.sub(sign, link)


def _decode(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "===").decode("utf-8", "replace")
    except ValueError:
        return ""
