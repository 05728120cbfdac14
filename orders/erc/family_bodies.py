"""Reads the bodies of the family's responses entry by entry, so that nothing readable is lost.

They are read field by field from the start, but for the orders of a list: the others are few or small.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from orders.erc.deadline import Deadline
from orders.erc.errors import InvalidResponse
from orders.erc.fitting import UNFIT, Notes, entries_of, note, read_struct, says_nothing
from orders.erc.json_bodies import as_utf8, read_loosely
from orders.erc.schema import Unreadable

Kind = TypeVar("Kind", bound=msgspec.Struct)
Prepare = Callable[[dict[str, Any]], dict[str, Any]]
Decode = Callable[[bytes], Kind | None]

MAX_LISTED = 1000
"""A page is read up to so many entries."""

# A body without any of these says something else than that nothing was found.
_PAGE_FIELDS = ("_embedded", "_links", "total", "count", "page", "total_pages")
# So many entries are read even after the deadline: a late response is still worth something.
_MIN_LISTED = 100


class Entries(NamedTuple, Generic[Kind]):
    """The entries of a page; `given` counts all that the page has, `beyond` those that were not read."""

    found: tuple[Kind, ...]
    unreadable: tuple[Unreadable, ...]
    notes: Notes
    given: int
    beyond: int


def read_body(body: bytes, *, is_checked: bool) -> dict[str, Any]:
    """Parse a body that has to be a JSON object. Raises InvalidResponse."""
    found = read_loosely(as_utf8(body), is_checked=is_checked)
    if not isinstance(found, dict):
        raise InvalidResponse("the answer has not the promised shape: it is no object")
    return found


def read_entries(
    kind: type[Kind],
    page: dict[str, Any],
    name: str,
    deadline: Deadline | None,
    prepare: Prepare,
    decode: Decode[Kind] | None = None,
) -> Entries[Kind]:
    """Read the list `_embedded.<name>`; where it is absent, nothing was found.

    `prepare` puts an entry's fields into the form of `kind`. `decode` is a swifter way for entries that are still
    raw, and gives None for those that have to be read field by field even so. Entries after the deadline or beyond
    the limit are only counted. Raises InvalidResponse where the list is no list.
    """
    given = _embedded(kind, page, name)
    found: list[Kind] = []
    unreadable: list[Unreadable] = []
    notes: Notes = []
    beyond = 0
    for index, entry in enumerate(given):
        is_late = index >= _MIN_LISTED and deadline is not None and deadline.has_passed
        if is_late or index >= MAX_LISTED:
            beyond = len(given) - index
            break
        where = f"{name}[{index}]"
        try:
            found.append(_read(kind, entry, where, notes, prepare, decode))
        except UNFIT as error:
            unreadable.append(Unreadable(where, str(error)))
    return Entries(tuple(found), tuple(unreadable), notes, len(given), beyond)


def read_alone(kind: type[Kind], fields: dict[str, Any], prepare: Prepare) -> Kind:
    """Read a body that is one entry; its `defaulted` lists what it lacks. Raises InvalidResponse without an id."""
    notes: Notes = []
    try:
        found = _read(kind, fields, "", notes, prepare)
    except UNFIT as error:
        raise InvalidResponse(f"the answer has not the promised shape: {error}") from error
    places = tuple(Unreadable(one.where.removeprefix("."), one.reason) for one in notes)
    return msgspec.structs.replace(found, defaulted=places)


def _read(
    kind: type[Kind], entry: Any, where: str, notes: Notes, prepare: Prepare, decode: Decode[Kind] | None = None
) -> Kind:
    if decode and isinstance(entry, msgspec.Raw):
        if found := decode(bytes(entry)):
            return found
        entry = read_loosely(bytes(entry), is_checked=True)
    own: Notes = []
    read = read_struct(kind, prepare(entry) if isinstance(entry, dict) else entry, where, own)
    # Only here, so that an unreadable entry is not noted twice.
    for one in own:
        note(notes, one.where, one.reason)
    return read


def _embedded(kind: type[Kind], page: dict[str, Any], name: str) -> list[Any]:
    embedded = page.get("_embedded")
    if says_nothing(embedded):
        # A total that is not none, without a list, is a page of another shape.
        if not any(field in page for field in _PAGE_FIELDS) or str(page.get("total") or 0) != "0":
            raise InvalidResponse("the answer has not the promised shape: it is no page")
        return []
    if not isinstance(embedded, dict):
        raise InvalidResponse("the answer has not the promised shape: `_embedded` is no object")
    given = embedded.get(name)
    if says_nothing(given):
        return []
    try:
        return entries_of(kind, given)
    except TypeError as error:
        raise InvalidResponse(f"the answer has not the promised shape: `_embedded.{name}`: {error}") from error
