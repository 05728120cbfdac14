"""A query string, read strictly: every parameter is known, was sent once, and has the right form."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl

from ercportal.demo.sandbox.wire import FieldFault, Refused, error_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Check: TypeAlias = "Callable[[str], str | None]"
"""Says what is wrong with a value; None where nothing is."""


def read_parameters(query: str, checks: Mapping[str, Check]) -> dict[str, str]:
    """The parameters of a query string, by name; `checks` has one check for each that the endpoint takes.

    Raises Refused (400, with `fields`) naming each one that is wrong.
    """
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict")
    except ValueError:
        raise Refused(error_answer(400, "The query string cannot be read.")) from None
    faults = _shape_faults(pairs, checks)
    given = dict(pairs)
    for name, value in given.items():
        complaint = checks[name](value) if value and name in checks else None
        if complaint is not None:
            faults.append(FieldFault(name, complaint))
    if faults:
        raise Refused(error_answer(400, "One or more parameters are not valid.", faults))
    return given


def _shape_faults(pairs: list[tuple[str, str]], checks: Mapping[str, Check]) -> list[FieldFault]:
    counted = Counter(name for name, _ in pairs)
    faults = [FieldFault(name, "is not a parameter of this endpoint") for name in counted if name not in checks]
    faults += [FieldFault(name, "was sent more than once") for name, count in counted.items() if count > 1]
    faults += [FieldFault(name, "must not be empty") for name, value in pairs if name in checks and not value]
    return faults


def any_text(_value: str) -> str | None:
    """Nothing is wrong with any text."""
    return None


def whole_number(largest: int) -> Check:
    """The check of a whole number from 1 to `largest`."""

    def check(value: str) -> str | None:
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(largest))
        return None if is_number and 1 <= int(value) <= largest else f"must be a whole number from 1 to {largest}"

    return check


def one_of(*choices: str) -> Check:
    """The check of a value that is one of a few."""
    return lambda value: None if value in choices else f"must be one of {', '.join(choices)}"


def field_and_direction(fields: tuple[str, ...]) -> Check:
    """The check of `field:direction`."""

    def check(value: str) -> str | None:
        name, _, direction = value.partition(":")
        if name in fields and direction in ("asc", "desc"):
            return None
        return f"must be field:asc or field:desc, field being one of {', '.join(fields)}"

    return check


def a_day(value: str) -> str | None:
    """The check of an ISO 8601 date or timestamp."""
    return None if day_of(value) is not None else "must be an ISO 8601 date or timestamp"


def day_of(text: object) -> date | None:
    """The day of an ISO 8601 date or timestamp; None if it is neither."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
