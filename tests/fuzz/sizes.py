"""Pages that are too much in one way: a text, a number, a nest, a list without end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.fuzz.json_text import Raw
from tests.fuzz.pages import LIST

UNITS = (
    *(
        "a",
        "0",
        "é",
        "日",
        "👩‍👩‍👧‍👦",
        "a\u0301",
        " ",
        "\u202e",
        "\x00",
        "\u200b",
        ".",
        "-",
        "'",
        '"',
        "\\",
        "/",
        "#",
        "%",
    ),
    *("<", ">", "<b>", "</b>", "<b ", "<!--", "<p>x", "<table>", "&", "&lt;", "&amp;", "&#60;", "&amp;amp;"),
    *("1Z9,", "1Z9 ", "00340434161094042557 ", "; ", "N/A,", "{x}", "{", "{{", "%7B", "[x]", "<x>", "%s", "%(x)s"),
    *("://", "https://", "www.", "@", "&amp;", "?a=", "xn--", "ß.", "：", "。", "=1&cursor", "\n", "\r\n"),
)
TEXTS = (
    *(("name",), ("id",), ("description",), ("brand",), ("sku",), ("image_url",), ("price", "currency")),
    *(("deliveries", 0, name) for name in ("id", "carrier", "description", "delivery_type", "last_update")),
    *(("deliveries", 0, name) for name in ("delivery_date_start", "delivery_date_end", "service_level")),
    *(("deliveries", 0, "tracking_info", name) for name in ("tracking_number", "external_url")),
    *(("deliveries", 0, "latest_status_info", name) for name in ("type", "status_date_time")),
    *(("custom_fields", "note"), ("custom_fields", "list", 0)),
)
"""Where a text can be in an item."""

NUMBERS = (
    *(("price", "value"), ("quantity",), ("deliverable_quantity",), ("deliveries", 0, "delivery_quantity")),
    *(("custom_fields", "note"), ("deliveries", 0, "last_update"), ("id",), ("sku",)),
)


class Outsized(NamedTuple):
    """A page that is too much, by what it is made of: thus it can be printed."""

    make: Callable[..., dict[str, Any]]
    given: tuple[Any, ...]

    def page(self) -> dict[str, Any]:
        """The page itself."""
        return self.make(*self.given)


@cache
def outsized(most: int) -> st.SearchStrategy[Outsized]:
    """A page with one thing in it that is too much, of about so many characters at most."""
    size = st.sampled_from((most // 100, most // 10, most))
    long = _outsized(_with_text, TEXTS, UNITS, ("", "https://a.example/"), size)
    digits = _outsized(_with_number, NUMBERS, ("1{}", "0.{}1", "1e{}", "-{}.5"), size)
    nests = _outsized(_nested, _NESTED, ("[]", "{}"), size)
    return st.one_of(long, long, long, digits, nests, _outsized(_many, _MANY, size))


def _outsized(make: Callable[..., dict[str, Any]], *choices: Any) -> st.SearchStrategy[Outsized]:
    drawn = (one if isinstance(one, st.SearchStrategy) else st.sampled_from(one) for one in choices)
    return st.tuples(*drawn).map(lambda given: Outsized(make, given))


def plain_item() -> dict[str, Any]:
    """An item with a little of everything."""
    return {
        "id": "I-1",
        "name": "Kettle",
        "price": {"value": Raw("10.10"), "currency": "EUR"},
        "quantity": 1,
        "custom_fields": {"note": "", "list": [""]},
        "deliveries": [plain_delivery()],
    }


def plain_delivery() -> dict[str, Any]:
    """A delivery with a status and a number."""
    return {
        "id": "D-1",
        "delivery_quantity": 1,
        "latest_status_info": {"type": "IN_TRANSIT", "status_date_time": "2026-11-20T10:00:00Z"},
        "tracking_info": {"tracking_number": "1Z9", "external_url": "https://track.example/1Z9"},
    }


def page_of(items: Any, **more: Any) -> dict[str, Any]:
    """A page of these items."""
    return {"_embedded": {"items": items, **more}, "_links": {"self": {"href": LIST}}}


def _with_text(place: tuple[Any, ...], unit: str, start: str, size: int) -> dict[str, Any]:
    return _put(place, start + unit * (size // len(unit)))


def _with_number(place: tuple[Any, ...], form: str, size: int) -> dict[str, Any]:
    return _put(place, Raw(form.format("7" * size)))


def _put(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    item = plain_item()
    holder: Any = item
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return page_of([item])


def _nested(place: str, signs: str, size: int) -> dict[str, Any]:
    depth = size // 8
    nest = Raw("[" * depth + "]" * depth) if signs == "[]" else Raw('{"a":' * depth + "1" + "}" * depth)
    if place in ("items", "refunds"):
        return {**page_of([plain_item()]), "_embedded": {"items": [plain_item()], place: nest}}
    if place == "entry":
        return page_of([plain_item(), nest])
    if place in ("custom_fields", "_links", "odd"):
        return {**page_of([plain_item()]), place: nest}
    return page_of([{**plain_item(), place.removeprefix("item."): nest}])


_NESTED = (
    "items",
    "refunds",
    "entry",
    "custom_fields",
    "_links",
    "odd",
    "item.deliveries",
    "item.custom_fields",
    "item.name",
    "item.odd",
)


def _many(what: str, size: int) -> dict[str, Any]:
    if what == "items":
        return page_of([{"id": f"I-{number}", "name": "Kettle"} for number in range(size // 40)])
    if what == "nulls":
        return page_of([None] * (size // 5))
    if what == "deliveries":
        return page_of([{**plain_item(), "deliveries": [plain_delivery()] * (size // 200)}])
    if what == "map":
        return page_of({str(number): {"id": str(number), "name": "Kettle"} for number in range(size // 40)})
    if what == "numbers":
        tracking = {"tracking_number": ",".join(map(str, range(size // 6)))}
        return page_of([{**plain_item(), "deliveries": [{"tracking_info": tracking}]}])
    if what == "fields":
        return page_of([{**plain_item(), "custom_fields": {str(number): number for number in range(size // 12)}}])
    return page_of([plain_item()], refunds=[{"id": str(number)} for number in range(size // 12)])


_MANY = ("items", "nulls", "deliveries", "map", "numbers", "fields", "refunds")
