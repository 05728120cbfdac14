"""JSON to the letter: numbers keep their digits, keys may stand twice, and what is no JSON fits in as well."""

from __future__ import annotations

import json
from typing import Any


class Raw(str):
    """Text that stands in the body as it is: a number's own digits, NaN, a nest too deep to build."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object by its pairs, so that a key can stand twice."""


def written(value: Any) -> str:
    """A value as JSON text. Half characters are escaped, as they can be sent in no other way."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not _can_be_sent(value))
    if isinstance(value, Pairs | dict):
        pairs = value.items() if isinstance(value, dict) else value
        return "{" + ",".join(f"{written(name)}:{written(inner)}" for name, inner in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value)


def _can_be_sent(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
