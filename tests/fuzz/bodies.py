"""Bodies that are sent: a page in some encoding, whole or garbled."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.json_text import written

ENCODINGS: tuple[Callable[[str], bytes], ...] = (
    lambda text: text.encode(),
    lambda text: codecs.BOM_UTF8 + text.encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-16-be"),
    lambda text: text.encode("utf-32-le"),
    lambda text: f" \r\n\t{text}\n".encode(),
)
"""Ways in which JSON comes that say the same."""

GARBAGE = (
    b"\x00",
    b"\xff\xfe",
    b"\xc3(",
    b"\xed\xa0\x80",
    b'"',
    b"\\",
    b"}",
    b"]",
    b",",
    b"null",
    b"\x1f\x8b\x08",
    b"<!--",
)


@cache
def encoded() -> st.SearchStrategy[Callable[[str], bytes]]:
    """A way to send a text, the usual one most of the time."""
    return st.sampled_from((ENCODINGS[0], ENCODINGS[0], *ENCODINGS))


@st.composite
def garbled(draw: st.DrawFn, pages: st.SearchStrategy[Any]) -> bytes:
    """The bytes of a page, cut short or with something in them that does not belong there."""
    body = draw(encoded())(written(draw(pages)))
    at = draw(st.integers(0, len(body)))
    if draw(st.booleans()):
        return body[:at]
    until = draw(st.integers(at, min(len(body), at + 5)))
    return body[:at] + draw(st.sampled_from(GARBAGE) | st.binary(max_size=4)) + body[until:]
