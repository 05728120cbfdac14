"""A page spoiled in a few places: other types, other spellings, hostile texts, equal ids, odd links."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.json_text import Pairs, Raw
from tests.fuzz.texts import HARMFUL, hostile, words
from tests.fuzz.values import json_values

StepState = tuple[Any, Any]
"""A dict or a list, and the key or the index in it."""

NOTHINGS: tuple[Any, ...] = (None, "", " ", {}, [], False, True, Raw("0"))
ODD_NUMBERS = (
    *("NaN", "Infinity", "-Infinity", "1e999999", "-1e-999999", "1E400", "0.1e-61", "1e61", "9" * 60, "9" * 61),
    *("1" + "0" * 5000, "0." + "0" * 5000 + "1", "1.5e+00000000000000000002", "-0e0"),
)
ODD_NUMBER_TEXTS = (
    "12.50",
    " 3 ",
    "1,234.50",
    "１２",
    "0x10",
    "1_000",
    "NaN",
    "inf",
    "1e5",
    "",
    "٣",
    "+2",
    "1.",
    ".5",
)
ODD_LINKS: tuple[Any, ...] = (
    *(None, {}, [], "", {"href": ""}, {"href": None}, {"href": []}, {"href": False}, {"href": Raw("0")}),
    *(
        {"href": "?cursor=1"},
        {"href": "cursor=1"},
        {"href": "https://x.example/?cursor="},
        {"href": "?cursor=%FF"},
    ),
    *({"href": "?cursor=a&cursor=b"}, {"href": "http://[::1/?cursor=1"}, {"href": "?cursor=%00"}, "?cursor=1"),
    *([{"href": "?cursor=1"}, {"href": "?cursor=2"}], {"href": "?" + "cursor=x&" * 200}, {"href": "?CURSOR=1"}),
    *({"href": "?cursor=" + "c" * 8000}, {"href": "?cursor=" + "c" * 8001}, {"href": "#?cursor=1"}, True, [None]),
)
SPELLINGS = (str.lower, str.upper, str.title, str.swapcase)
SEPARATORS = ("-", " ", "", ".", "\u00a0", "\u2010", "__")


def spoiled(pages: st.SearchStrategy[Any], *, most: int = 3) -> st.SearchStrategy[Any]:
    """Pages with up to so many spoiled places."""
    return st.builds(
        _with, pages, st.lists(st.tuples(_mutations(), st.integers(0, 2000)), min_size=1, max_size=most)
    )


def poisoned(page: Any) -> st.SearchStrategy[Any]:
    """A page all of whose texts mean harm."""
    number = st.integers(0, len(HARMFUL) - 1)
    return st.builds(lambda start, step: _with(page, [(_poisoning(start, step), 0)]), number, number)


def _with(page: Any, mutations: list[tuple[Any, int]]) -> Any:
    page = copy.deepcopy(page)
    for mutate, at in mutations:
        places = list(_places(page))
        # Without its frame an answer is refused as a whole, which takes few examples to try.
        inner = places if at % 10 == 7 else [place for place in places if not _is_frame(page, place)]
        if inner:
            mutate(page, inner[at // 10 % len(inner)])
    return page


def _is_frame(page: Any, place: StepState) -> bool:
    return place[0] is page or place[0] is page.get("_embedded") or place[0] is page.get("_links")


def _places(value: Any) -> Iterator[StepState]:
    inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, one in inner:
        yield value, key
        if isinstance(one, dict | list) and not isinstance(one, Pairs):
            yield from _places(one)


@cache
def _mutations() -> st.SearchStrategy[Any]:
    """Each a function of the page and of a place in it."""
    put = st.one_of(
        st.sampled_from(NOTHINGS),
        st.sampled_from(ODD_NUMBERS).map(Raw),
        st.sampled_from(ODD_NUMBER_TEXTS),
        hostile(),
        st.sampled_from(HARMFUL),
        json_values(),
    ).map(_replacing)
    changed = st.sampled_from(
        (_retyped, _as_map, _as_one, _respelled, _repeated, _renamed, _doubled_key, _emptied)
    )
    linked = st.sampled_from(ODD_LINKS).map(_linking)
    named = (hostile() | words()).map(_adding)
    number = st.integers(0, len(HARMFUL) - 1)
    poisoned = st.builds(_poisoning, number, number)
    # Drawn by name, because `one_of` would take each kind of value to put for a choice of its own.
    kinds = {"put": put, "changed": changed, "poisoned": poisoned, "linked": linked, "named": named}
    return st.sampled_from(("put", "changed", "poisoned", *kinds)).flatmap(kinds.__getitem__)


def _replacing(value: Any) -> Any:
    def put(_page: Any, place: StepState) -> None:
        place[0][place[1]] = copy.deepcopy(value)

    return put


def _linking(value: Any) -> Any:
    def put(page: Any, _place: StepState) -> None:
        if isinstance(page.get("_links"), dict):
            page["_links"]["next"] = copy.deepcopy(value)

    return put


def _poisoning(start: int, step: int) -> Any:
    """Every text of the items is one that means harm, each another."""

    def put(page: Any, _place: StepState) -> None:
        embedded = page.get("_embedded")
        places = list(_places(embedded)) if isinstance(embedded, dict) else []
        for number, (holder, key) in enumerate(places):
            if isinstance(holder[key], str) and not isinstance(holder[key], Raw):
                holder[key] = HARMFUL[(start + number * step) % len(HARMFUL)]

    return put


def _adding(text: str) -> Any:
    """A field with any name, in the object that is there or around."""

    def put(_page: Any, place: StepState) -> None:
        if isinstance(place[0], dict):
            place[0][text] = text

    return put


def _retyped(_page: Any, place: StepState) -> None:
    """The same value as text, or as a number."""
    value = place[0][place[1]]
    if isinstance(value, Raw):
        place[0][place[1]] = str(value)
    elif isinstance(value, str) and value.strip().isdecimal() and value.isascii():
        place[0][place[1]] = Raw(int(value) if len(value) < 4000 else 0)
    elif isinstance(value, dict | list):
        place[0][place[1]] = "x"


def _as_map(_page: Any, place: StepState) -> None:
    """A list as a map, as those write it whose lists can have holes."""
    value = place[0][place[1]]
    if isinstance(value, list):
        place[0][place[1]] = {str(number): entry for number, entry in enumerate(value)}


def _as_one(_page: Any, place: StepState) -> None:
    """The one entry of a list in place of it, or a value as the one of a list."""
    value = place[0][place[1]]
    place[0][place[1]] = value[0] if isinstance(value, list) and len(value) == 1 else [value]


def _respelled(_page: Any, place: StepState) -> None:
    """A word in another case and with other signs between its parts."""
    value = place[0][place[1]]
    if isinstance(value, str) and not isinstance(value, Raw):
        at = len(value)
        text = SPELLINGS[at % len(SPELLINGS)](value)
        place[0][place[1]] = text.replace("_", SEPARATORS[at % len(SEPARATORS)])


def _repeated(_page: Any, place: StepState) -> None:
    """An entry that comes twice, id and all."""
    holder, key = place
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))


def _renamed(_page: Any, place: StepState) -> None:
    """A field's name in another case."""
    holder, key = place
    if isinstance(holder, dict):
        holder[str(key).upper()] = holder.pop(key)


def _doubled_key(_page: Any, place: StepState) -> None:
    """A key that stands twice in an object."""
    holder, key = place
    value = holder[key]
    if isinstance(value, dict) and value and not isinstance(value, Pairs):
        pairs = list(value.items())
        holder[key] = Pairs([*pairs, pairs[0]])


def _emptied(_page: Any, place: StepState) -> None:
    """A field that is gone, an entry that is null."""
    holder, key = place
    if isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = None
