"""Custom fields, refunds and returns: JSON of any shape, laid out as labelled lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from orders.core.localization import gettext, pgettext
from orders.presenters.text import Prose, clean, prose

_MAX = 100
_MAX_DEPTH = 4


class Fact(NamedTuple):
    """A label and its value."""

    label: str
    value: Prose


def facts(fields: dict[str, Any] | None) -> tuple[Fact, ...]:
    """List the fields of a JSON object, nested ones with their path as label; keys stay as they came."""
    found: list[Fact] = []
    for label, text in _lines(fields, "", 0) if fields else ():
        if len(found) == _MAX:
            found.append(
                Fact(
                    pgettext("what is left out", "More"),
                    Prose(gettext("There are more fields than can be shown.")),
                )
            )
            break
        found.append(Fact(clean(label) or "–", prose(text) or Prose("–")))
    return tuple(found)


def _lines(value: Any, label: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and depth < _MAX_DEPTH:
        for key, inner in value.items():
            yield from _lines(inner, f"{label} › {key}" if label else key, depth + 1)
    elif isinstance(value, list) and value and depth < _MAX_DEPTH:
        if all(not isinstance(inner, dict | list) for inner in value):
            yield label, gettext(", ").join(map(_scalar, value))
            return
        for number, inner in enumerate(value, start=1):
            yield from _lines(inner, f"{label} {number}", depth + 1)
    else:
        yield label, _scalar(value)


def _scalar(value: Any) -> str:
    if value is None or value in ({}, [], ""):
        return "–"
    if isinstance(value, bool):
        # Translators: the value of a field that is true or false.
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) < 40 else str(value)
    if isinstance(value, dict | list):
        return _as_json(value)
    return str(value)


def _as_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        return gettext("Nested too deeply to show")
