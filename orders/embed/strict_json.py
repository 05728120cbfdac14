"""Reads the JSON of what a host signs, so that it has one meaning only."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

_Shape = TypeVar("_Shape")


def read_object(text: str | bytes) -> dict[str, Any]:
    """Read an object. Raises ValueError, which quotes nothing, for all else, and where a name stands twice."""
    try:
        found = json.loads(text, object_pairs_hook=_unique_fields)
    except (ValueError, RecursionError):
        raise ValueError("no JSON, or a name twice") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - what the text holds is a value, not an argument
    return found


def read_fields(fields: dict[str, Any], shape: type[_Shape]) -> _Shape:
    """Read the fields of an object. Raises ValueError, which names the field and its type, never its value."""
    try:
        return msgspec.convert(fields, shape)
    except UnicodeError:
        # JSON can spell half of a character, which is left where a desktop cuts its text. No field is called so.
        raise ValueError("half of a character where none can be") from None
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name twice")
    return fields
