"""From the bytes of a 200 answer to an ItemsPage, keeping all that can be read.

The page is decoded item by item: an entry that lacks a required field is counted as unreadable, an optional
field of the wrong type is left out and noted, and neither takes the rest of the page down.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import parse_qs, urlsplit

import msgspec

from orders.erc import schema
from orders.erc.after_sales import Record
from orders.erc.errors import InvalidResponse
from orders.erc.moments import Moment
from orders.erc.schema import CustomFields, Item, ItemsPage, Price, Unreadable

_Struct = TypeVar("_Struct", bound=msgspec.Struct)

# A price outside these bounds is no price, and printing 1e999999 digit by digit would exhaust the memory.
_MAX_PRICE_DIGITS = 60
_KEPT_ITEMS = 300

_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


class _Envelope(msgspec.Struct):
    embedded: _Embedded = msgspec.field(name="_embedded")
    id: msgspec.Raw = msgspec.Raw(b"null")
    custom_fields: msgspec.Raw = msgspec.Raw(b"null")
    links: msgspec.Raw = msgspec.field(name="_links", default=msgspec.Raw(b"null"))


class _Embedded(msgspec.Struct):
    items: list[msgspec.Raw]
    refunds: msgspec.Raw = msgspec.Raw(b"null")
    returns: msgspec.Raw = msgspec.Raw(b"null")


def _dec_hook(kind: type, value: Any) -> Any:
    if kind is Moment and isinstance(value, str):
        return Moment(value)
    raise TypeError(f"Expected `{kind.__name__}`")


_envelope = msgspec.json.Decoder(_Envelope)
_item = msgspec.json.Decoder(Item, dec_hook=_dec_hook, float_hook=Decimal)
_anything = msgspec.json.Decoder(float_hook=Decimal)


def decode_items_page(body: bytes, *, is_checked: bool = False) -> ItemsPage:
    """Decode one page of items (API.md, 200 OK); `is_checked` says that this very body was decoded before.

    Raises InvalidResponse when the body is not UTF-8 JSON, names a key twice, or has no `_embedded.items` array.
    """
    if not is_checked:
        _require_plain_json(body)
    envelope = _read_envelope(body)
    items: list[Item] = []
    unreadable: list[Unreadable] = []
    defaulted: list[Unreadable] = []
    for index, raw in enumerate(envelope.embedded.items):
        try:
            items.append(_read_item(raw, f"items[{index}]", defaulted))
        except _UNREADABLE as error:
            unreadable.append(Unreadable(f"items[{index}]", str(error)))
    cursor, unusable = _next_cursor(_loose(envelope.links))
    refunds = _objects(envelope.embedded.refunds, "refunds", defaulted)
    returns = _objects(envelope.embedded.returns, "returns", defaulted)
    custom_fields = _object(envelope.custom_fields, "custom_fields", defaulted)
    return ItemsPage(
        items=tuple(items),
        id=_text_or_none(_loose(envelope.id)),
        unreadable=tuple(unreadable),
        defaulted=tuple(defaulted),
        refunds=tuple(Record(entry) for entry in refunds),
        returns=tuple(Record(entry) for entry in returns),
        custom_fields=custom_fields,
        next_cursor=cursor,
        next_is_unusable=unusable,
    )


_UNREADABLE = (msgspec.MsgspecError, TypeError, ValueError, RecursionError)


def _require_plain_json(body: bytes) -> None:
    """msgspec skips over what it was not asked for, and takes the last of two equal keys; this looks at all."""
    try:
        json.loads(body.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InvalidResponse("the body is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise InvalidResponse(f"the body is not JSON: {type(error).__name__}") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _read_envelope(body: bytes) -> _Envelope:
    try:
        return _envelope.decode(body)
    except msgspec.ValidationError as error:
        raise InvalidResponse(f"the answer has not the promised shape: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        repaired = _without_lone_surrogates(body)
        if repaired == body:
            raise InvalidResponse(f"the body is not JSON: {error}") from error
    return _read_envelope(repaired)


def _without_lone_surrogates(body: bytes) -> bytes:
    """Replace escaped half characters, which are valid JSON but no text, and which the decoder refuses whole."""
    return _ESCAPES.sub(lambda found: rb"\ufffd" if found[1] else found[0], body)


def _read_item(raw: msgspec.Raw, where: str, defaulted: list[Unreadable]) -> Item:
    try:
        return _kept_item(bytes(raw))
    except msgspec.ValidationError:
        return _checked(_salvage(Item, _anything.decode(raw), where, defaulted))


@lru_cache(maxsize=_KEPT_ITEMS)
def _kept_item(raw: bytes) -> Item:
    """The same bytes give the very same object, so that whoever makes something of it can tell at a glance."""
    return _checked(_item.decode(raw))


def _checked(item: Item) -> Item:
    if item.price is None:
        return item
    value = item.price.value
    if not value.is_finite():
        raise ValueError("the price is not a number")
    if abs(value.adjusted()) > _MAX_PRICE_DIGITS or len(value.as_tuple().digits) > _MAX_PRICE_DIGITS:
        raise ValueError("the price is out of all bounds")
    return item


def _salvage(kind: type[_Struct], data: Any, where: str, defaulted: list[Unreadable]) -> _Struct:
    """Build `kind` from decoded JSON: required fields must fit, optional ones that do not are left out.

    Raises msgspec.ValidationError or TypeError when a required field is missing or of the wrong type.
    """
    if not isinstance(data, dict):
        raise TypeError(f"Expected `object`, got `{type(data).__name__}`")
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        value = data.get(field.name)
        if field.required:
            values[field.name] = _fitted(hints[field.name], value, f"{where}.{field.name}", defaulted)
        elif value is not None:
            try:
                values[field.name] = _fitted(hints[field.name], value, f"{where}.{field.name}", defaulted)
            except _UNREADABLE as error:
                defaulted.append(Unreadable(f"{where}.{field.name}", str(error)))
    return kind(**values)


def _fitted(hint: Any, value: Any, where: str, defaulted: list[Unreadable]) -> Any:
    inner = next((part for part in get_args(hint) if part is not type(None)), hint)
    if get_origin(hint) is tuple or get_origin(inner) is tuple:
        return _deliveries(value, where, defaulted)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and inner is not Price:
        return _salvage(inner, value, where, defaulted)
    if get_args(hint)[:2] == (int, Decimal):
        value = _whole(value)
    return msgspec.convert(value, hint, dec_hook=_dec_hook)


def _whole(value: Any) -> Any:
    """Counts may come as 2.0 or "2"; all say the same."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
        return int(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) < 18 and value == value.to_integral_value():
        return int(value)
    return value


def _deliveries(value: Any, where: str, defaulted: list[Unreadable]) -> tuple[schema.Delivery, ...]:
    if not isinstance(value, list):
        raise TypeError(f"Expected `array`, got `{type(value).__name__}`")
    found: list[schema.Delivery] = []
    for index, entry in enumerate(value):
        try:
            found.append(_salvage(schema.Delivery, entry, f"{where}[{index}]", defaulted))
        except _UNREADABLE as error:
            defaulted.append(Unreadable(f"{where}[{index}]", str(error)))
    return tuple(found)


def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(kind, vars(schema))


def _loose(raw: msgspec.Raw) -> Any:
    """Any JSON, numbers exact; None where even that fails, as in a nest of a hundred thousand brackets."""
    try:
        return _anything.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _object(raw: msgspec.Raw, where: str, defaulted: list[Unreadable]) -> CustomFields | None:
    value = _loose(raw)
    if value is None or isinstance(value, dict):
        return value
    defaulted.append(Unreadable(where, f"Expected `object`, got `{type(value).__name__}`"))
    return None


def _objects(raw: msgspec.Raw, where: str, defaulted: list[Unreadable]) -> tuple[CustomFields, ...]:
    value = _loose(raw)
    if value is None:
        return ()
    if not isinstance(value, list):
        defaulted.append(Unreadable(where, f"Expected `array`, got `{type(value).__name__}`"))
        return ()
    for index, entry in enumerate(value):
        if not isinstance(entry, dict):
            reason = f"Expected `object`, got `{type(entry).__name__}`"
            defaulted.append(Unreadable(f"{where}[{index}]", reason))
    return tuple(entry for entry in value if isinstance(entry, dict))


def _next_cursor(links: Any) -> tuple[str | None, bool]:
    """The cursor of `_links.next.href`, and whether a next page was named whose cursor cannot be used.

    Host and path of the link are ignored on purpose (house plan, decision 2).
    """
    following = links.get("next") if isinstance(links, dict) else None
    href = following.get("href") if isinstance(following, dict) else None
    if href is None:
        return None, following is not None and not isinstance(following, dict)
    if not isinstance(href, str) or not href:
        return None, True
    try:
        cursors = parse_qs(urlsplit(href).query, max_num_fields=100).get("cursor", [])
    except ValueError:
        cursors = []
    return (cursors[0], False) if cursors else (None, True)
