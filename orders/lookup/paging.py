"""The rules of every list that goes on from page to page: what of a page is new, and whether the list goes on."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec

from orders.erc.errors import ErcError
from orders.erc.paths import EndpointName
from orders.erc.schema import Unreadable
from orders.lookup import list_state
from orders.lookup.list_state import ListState

_contents = msgspec.json.Encoder(enc_hook=str, order="deterministic")


class ListQuery(Protocol):
    """A query for a page of a list."""

    @property
    def endpoint(self) -> EndpointName: ...

    @property
    def cursor(self) -> str | None: ...

    def path_ids(self) -> dict[str, str]: ...

    def parameters(self) -> dict[str, str]: ...


class ListPage(Protocol):
    """What the pages of all lists have."""

    @property
    def unreadable(self) -> tuple[Unreadable, ...]: ...

    @property
    def defaulted(self) -> tuple[Unreadable, ...]: ...

    @property
    def next_cursor(self) -> str | None: ...

    @property
    def next_is_unusable(self) -> bool: ...


class Identified(Protocol):
    """An entry of a list."""

    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=Identified)


class End(enum.Enum):
    """Whether and why a list ends after a page."""

    MORE = "more"
    COMPLETE = "complete"
    REPEATS = "repeats"
    CUT_OFF = "cut_off"


class Continuation(msgspec.Struct, frozen=True, kw_only=True):
    """A page as the continuation of a list.

    `repeated` counts the entries that an earlier page listed. `before` is the state up to this page, `after` the
    one including it, and `next_state` the token of `after`. `as_of` is when the API sent the page; `is_cached`
    says that an earlier look-up fetched it, and `stale_because` is the failure that it covers. `is_cut_short` says
    that a later page was requested and failed.
    """

    query: ListQuery
    repeated: int
    end: End
    before: ListState
    after: ListState
    next_state: str
    as_of: datetime
    is_cached: bool = False
    stale_because: ErcError | None = None
    is_cut_short: bool = False

    @property
    def has_no_entries(self) -> bool:
        """Whether the page has no entries, not even unreadable ones."""
        raise NotImplementedError

    @property
    def brings_nothing(self) -> bool:
        """Whether the page is empty, although the list goes on behind it."""
        return self.end is End.MORE and self.has_no_entries

    @property
    def is_empty(self) -> bool:
        """Whether the list is empty; a page in the middle, or with more behind it, cannot tell."""
        return self.end is End.COMPLETE and self.has_no_entries and self.query.cursor is None

    @property
    def pages_viewed(self) -> int:
        """How many pages the viewer has, which a refresh requests again."""
        return self.after.pages_followed + 1


def known_state(query: ListQuery, state: str) -> ListState:
    """Read the state of the list before the query's page; an empty one for the first page."""
    return list_state.from_token(state, subject_of(query)) if query.cursor and state else ListState()


def select_new(entries: Iterable[Entry], before: ListState) -> list[tuple[Entry, bytes]]:
    """Select entries that no earlier page listed, with their marks; repetitions within the page stay."""
    known = before.known_marks()
    marked = ((entry, list_state.mark_of(entry.id, _content(entry))) for entry in entries)
    return [(entry, mark) for entry, mark in marked if mark not in known]


def find_end(query: ListQuery, page: ListPage, after: ListState, *, is_known: bool) -> End:
    """Say whether the list goes on; `is_known` tells that the page has entries, and none of them is new."""
    if page.next_is_unusable:
        return End.CUT_OFF
    if page.next_cursor is None:
        return End.COMPLETE
    if page.next_cursor == query.cursor or after.knows_cursor(page.next_cursor) or is_known:
        return End.REPEATS
    return End.MORE


def merge_facts(pages: Sequence[Continuation]) -> Mapping[str, Any]:
    """Give the facts about consecutive pages as one that are not the last page's."""
    return {
        "repeated": sum(one.repeated for one in pages),
        "before": pages[0].before,
        "as_of": min(one.as_of for one in pages),
        "is_cached": any(one.is_cached for one in pages),
        "stale_because": next((one.stale_because for one in pages if one.stale_because), None),
    }


def merge_notes(pages: Sequence[ListPage]) -> Mapping[str, Any]:
    """Give what could not be read of consecutive pages."""
    return {
        "unreadable": tuple(entry for one in pages for entry in one.unreadable),
        "defaulted": tuple(entry for one in pages for entry in one.defaulted),
    }


def is_expected_cursor(query: ListQuery, state: str) -> bool:
    """Whether the query asks for the start of a list, or has the next cursor of the list's last page.

    Cursors are opaque, so only this shows that one belongs to this list.
    """
    return query.cursor is None or list_state.from_token(state, subject_of(query)).leads_to(query.cursor)


def page_number(query: ListQuery, state: str) -> int:
    """Give the number of the query's page, from 1; 2 for a later page without its list state."""
    if query.cursor is None:
        return 1
    return list_state.from_token(state, subject_of(query)).pages_followed + 2


def subject_of(query: ListQuery) -> str:
    """Name the list of a query, so that the state of one is no other's."""
    parameters = (f"{name}={value}" for name, value in query.parameters().items() if name != "cursor")
    # No id is empty, so no order's items have the name of another list.
    kind = () if query.endpoint is EndpointName.ITEMS else ("", query.endpoint)
    return "\n".join([*kind, *query.path_ids().values(), *parameters])


def _content(entry: Identified) -> bytes:
    try:
        return _contents.encode(entry)
    except RecursionError:
        # Custom fields may be nested too deeply to encode.
        return b""
