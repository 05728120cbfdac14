"""Bodies that should be JSON: what is wrong with them as a whole, and what can be read of them all the same.

RFC 8259 asks for UTF-8 without a byte order mark and knows no NaN. Servers send both, and UTF-16, and numbers of
thousands of digits; what such a body says is plain enough, so it is read, and each oddity costs its own field.
"""

from __future__ import annotations

import json
import re
from typing import Any

from orders.erc.errors import InvalidResponse

_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


class Number(str):
    """A JSON number as its own digits: a float would change them, and an int has at most 4300."""

    __slots__ = ()


class NotANumber:
    """What stood for NaN, Infinity or -Infinity, which are no JSON."""

    __slots__ = ()


NOT_A_NUMBER = NotANumber()


def as_utf8(body: bytes) -> bytes:
    """The body as UTF-8 without a byte order mark, whichever of the Unicode encodings it came in.

    Raises InvalidResponse where it is in none of them.
    """
    encoding = json.detect_encoding(body)
    if encoding == "utf-8":
        return body
    return _text(body, encoding).encode("utf-8")


def require_plain_json(body: bytes) -> None:
    """Look at all of the body: msgspec skips over what it was not asked for, and takes the last of two equal keys.

    Raises ValueError or RecursionError where the body is no JSON, or JSON with an oddity.
    """
    json.loads(body.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_refuse)


def read_loosely(body: bytes) -> Any:
    """The body as Python objects, its numbers as Number; half characters are replaced, as they are no text.

    Raises InvalidResponse where it is no JSON all the same, or names a key twice, so that either could be meant.
    """
    text = _ESCAPES.sub(lambda found: r"\ufffd" if found[1] else found[0], _text(body, "utf-8"))
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_float=Number,
            parse_int=Number,
            parse_constant=lambda _name: NOT_A_NUMBER,
        )
    except (ValueError, RecursionError) as error:
        raise InvalidResponse(f"the body is not JSON: {type(error).__name__}") from error


def _text(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidResponse("the body is not UTF-8") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")
