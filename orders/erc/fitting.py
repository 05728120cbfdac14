"""Builds typed objects from loosely read JSON, field by field.

A value of another type with the same meaning is converted: a number to text, text to a number, a map of entries to
a list. An unreadable field is left out and noted; an empty one (null, {}, [] or blank) is not noted.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from orders.erc.amounts import Price, Quantity
from orders.erc.card_numbers import mask_value
from orders.erc.json_bodies import NOT_A_NUMBER, NotANumber, Number
from orders.erc.schema import Unreadable
from orders.erc.timestamps import Timestamp

Kind = TypeVar("Kind", bound=msgspec.Struct)
Notes = list[Unreadable]
Reader = Callable[[Any, str, Notes], Any]

MAX_NOTES = 1000
MAX_ENTRIES = 200
"""The longest list that is read inside an entry, such as the deliveries of an item."""

# Longer numbers are refused: printing 1e999999 digit by digit would exhaust the memory.
_MAX_DIGITS = 60
_TOO_LARGE: int = 10**_MAX_DIGITS

UNFIT = (TypeError, ValueError, RecursionError)


def read_struct(kind: type[Kind], value: Any, where: str, notes: Notes) -> Kind:
    """Build `kind`; leave out and note optional fields that do not fit.

    Raises one of UNFIT when the value is no object, or a required field is missing or does not fit.
    """
    if not isinstance(value, dict):
        raise TypeError(f"Expected `object`, got {_type_name(value)}")
    found: dict[str, Any] = {}
    for field in _fields(kind):
        given = value.get(field.name)
        if type(given) is field.plain_type:
            found[field.name] = given
            continue
        if given is None and not field.is_required:
            continue
        place = f"{where}.{field.name}"
        if field.is_required:
            found[field.name] = field.read(given, place, notes)
        elif isinstance(given, field.containers) or not says_nothing(given, is_text=field.is_text):
            try:
                found[field.name] = field.read(given, place, notes)
            except UNFIT as error:
                note(notes, place, error)
    return kind(**found)


def read_text(value: Any, _where: str = "", _notes: Notes | None = None) -> str:
    """Read text, or a number as its digits. Raises TypeError for anything else."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"Expected `str`, got {_type_name(value)}")


def read_object(value: Any, where: str, notes: Notes) -> dict[str, Any]:
    """Read a JSON object of any shape with exact numbers. Raises TypeError where it is none."""
    if not isinstance(value, dict):
        raise TypeError(f"Expected `object`, got {_type_name(value)}")
    found: dict[str, Any] = plain(value, where, notes)
    return found


def read_custom_fields(value: Any, where: str, notes: Notes) -> dict[str, Any]:
    """Read a JSON object that anyone can write into, so that card numbers in it are masked by their form."""
    found: dict[str, Any] = mask_value(read_object(value, where, notes), is_free=True)
    return found


def custom_fields_or_none(value: Any, where: str, notes: Notes) -> dict[str, Any] | None:
    """Read custom fields; None where there are none, or where they are no object, which is noted."""
    if says_nothing(value):
        return None
    try:
        return read_custom_fields(value, where, notes)
    except UNFIT as error:
        note(notes, where, error)
        return None


def plain(value: Any, where: str, notes: Notes) -> Any:
    """Convert the numbers in JSON of any shape to ints and Decimals; leave out and note NaN and Infinity."""
    kind = type(value)
    if kind is Number:
        return _plain_number(value)
    if kind is dict:
        return {key: plain(inner, where, notes) for key, inner in _numbers_only(value.items(), where, notes)}
    if kind is list:
        return [plain(inner, where, notes) for _, inner in _numbers_only(enumerate(value), where, notes)]
    return value


def entries_of(kind: type[msgspec.Struct] | None, value: Any) -> list[Any]:
    """Give the entries of a list, or the values of a map, which is how some programs write a list with holes.

    A map that has a field of `kind` is one entry itself. Raises TypeError for anything else.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise TypeError(f"Expected `array`, got {_type_name(value)}")
    if kind and any(field.name in value for field in _fields(kind)):
        return [value]
    return list(value.values())


def note(notes: Notes, where: str, reason: object) -> None:
    """Note what was left out; a thousand notes are enough."""
    if len(notes) < MAX_NOTES:
        notes.append(Unreadable(where, str(reason)))


def is_within_bounds(number: Quantity) -> bool:
    """Whether a number is finite and short enough to be written out."""
    if isinstance(number, int):
        return abs(number) < _TOO_LARGE
    if not number.is_finite():
        return False
    if abs(number.adjusted()) > _MAX_DIGITS:
        return False
    # Most are short, and to take one apart takes five times as long as to print it.
    return len(str(number)) <= _MAX_DIGITS or len(number.as_tuple().digits) <= _MAX_DIGITS


class _Field(NamedTuple):
    """A field of a wire object; `containers` are the JSON types of its value, which count even when empty.

    Values of `plain_type` are those of most fields, and stay as they are.
    """

    name: str
    plain_type: type | None
    is_required: bool
    is_text: bool
    containers: tuple[type, ...]
    read: Reader


# msgspec and Python parse the annotations at each call; for a page of bad entries that would take minutes.
@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            field.name,
            _PLAIN_TYPES.get(_without_none(hints[field.name])),
            field.required,
            _without_none(hints[field.name]) in (str, Timestamp),
            _containers(_without_none(hints[field.name])),
            _reader(hints[field.name]),
        )
        for field in msgspec.structs.fields(kind)
        # A field with another name on the wire is our own.
        if field.encode_name == field.name
    )


def _without_none(hint: Any) -> Any:
    if not isinstance(hint, UnionType):
        return hint
    parts = [part for part in get_args(hint) if part is not NoneType]
    return parts[0] if len(parts) == 1 else Quantity


def _containers(kind: Any) -> tuple[type, ...]:
    if get_origin(kind) is tuple:
        return (list, dict)
    return () if kind in _READERS else (dict,)


def _reader(hint: Any) -> Reader:
    kind = _without_none(hint)
    if get_origin(kind) is tuple:
        return _list_reader(get_args(kind)[0])
    if get_origin(kind) is dict:
        return read_custom_fields
    if kind in _READERS:
        return _READERS[kind]
    return lambda value, where, notes: read_struct(kind, value, where, notes)


def _list_reader(kind: Any) -> Reader:
    read = _reader(kind)
    is_of_objects = kind not in _READERS

    def read_list(value: Any, where: str, notes: Notes) -> tuple[Any, ...]:
        found = []
        for index, entry in enumerate(entries_of(kind if is_of_objects else None, value)[:MAX_ENTRIES]):
            if entry is None:
                continue
            place = f"{where}[{index}]"
            try:
                found.append(read(entry, place, notes))
            except UNFIT as error:
                note(notes, place, error)
        return tuple(found)

    return read_list


def _read_price(value: Any, where: str, notes: Notes) -> Price | None:
    """Read an amount with or without currency, or a bare number; None where there is no amount."""
    if not isinstance(value, dict):
        return Price(_read_number(value))
    amount, currency = value.get("value"), value.get("currency")
    if says_nothing(amount):
        return None
    price = Price(_read_number(amount))
    if says_nothing(currency, is_text=True):
        return price
    try:
        return Price(price.value, read_text(currency))
    except TypeError as error:
        note(notes, f"{where}.currency", error)
        return price


def _read_number(value: Any, _where: str = "", _notes: Notes | None = None) -> Decimal:
    text = read_text(value).strip()
    try:
        number = Decimal(text)
    except decimal.InvalidOperation:
        raise ValueError("it is not a number") from None
    if not is_within_bounds(number):
        raise ValueError("the number is out of all bounds")
    return number


def _read_quantity(value: Any, _where: str, _notes: Notes) -> Quantity:
    number = _read_number(value)
    whole = int(number)
    return whole if whole == number else number


def read_whole(value: Any, _where: str = "", _notes: Notes | None = None) -> int:
    """Read a whole number. Raises TypeError or ValueError for anything else."""
    number = _read_quantity(value, "", [])
    if isinstance(number, int):
        return number
    raise ValueError("it is not a whole number")


def _read_timestamp(value: Any, _where: str, _notes: Notes) -> Timestamp:
    return Timestamp(read_text(value))


def _read_flag(value: Any, _where: str, _notes: Notes) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(f"Expected `bool`, got {_type_name(value)}")


_PLAIN_TYPES: dict[Any, type] = {str: str, bool: bool}

_READERS: dict[Any, Reader] = {
    str: read_text,
    Decimal: _read_number,
    Quantity: _read_quantity,
    int: read_whole,
    Timestamp: _read_timestamp,
    bool: _read_flag,
    Price: _read_price,
}


def says_nothing(value: Any, *, is_text: bool = False) -> bool:
    """Whether a value is as good as absent. In a text field, blank text is not."""
    if isinstance(value, str):
        return not is_text and not value.strip()
    return value is None or value in ({}, [])


def _plain_number(number: Number) -> Quantity | str:
    try:
        return int(number)
    except ValueError:
        pass
    try:
        return Decimal(number)
    except decimal.InvalidOperation:
        return str(number)


def _numbers_only(pairs: Iterable[tuple[Any, Any]], where: str, notes: Notes) -> Iterator[tuple[Any, Any]]:
    for name, value in pairs:
        if value is NOT_A_NUMBER:
            note(notes, f"{where}.{name}", "it is not a number")
        else:
            yield name, value


def _type_name(value: Any) -> str:
    names = {dict: "object", list: "array", Number: "number", NotANumber: "NaN", NoneType: "null"}
    return f"`{names.get(type(value), type(value).__name__)}`"
