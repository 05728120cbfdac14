"""Continues a list by one page: which items are new, and whether the list goes on."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from orders.erc.errors import ErcError
from orders.erc.query import ItemsQuery
from orders.erc.schema import FetchedPage, Item, ItemsPage
from orders.lookup import list_state
from orders.lookup.list_state import ListState
from orders.lookup.quantities import is_waiting
from orders.lookup.shipments import status_counts

_contents = msgspec.json.Encoder(enc_hook=str, order="deterministic")


class End(enum.Enum):
    """Whether and why a list ends after a page."""

    MORE = "more"
    COMPLETE = "complete"
    REPEATS = "repeats"
    CUT_OFF = "cut_off"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an order's items as the continuation of a list.

    `items` are the new ones; `repeated` counts the others. `places` counts for each how many other items with its
    id came before it. `before` is the state up to this page, `after` the one including it, and `next_state` the
    token of `after`. `as_of` is when the API sent the page; `is_cached` says that an earlier look-up fetched it,
    and `stale_because` is the failure that it covers. `is_cut_short` says that a later page was requested and
    failed.
    """

    query: ItemsQuery
    page: ItemsPage
    items: tuple[Item, ...]
    places: tuple[int, ...]
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
    def brings_nothing(self) -> bool:
        """Whether the page is empty, although the list goes on behind it."""
        page = self.page
        return self.end is End.MORE and not (page.items or page.unreadable or page.items_beyond)


def merge_pages(pages: Sequence[Listing], *, is_cut_short: bool = False) -> Listing:
    """Merge consecutive pages into one; the last one's facts about the order win."""
    first, last = pages[0], pages[-1]
    if len(pages) == 1:
        return msgspec.structs.replace(first, is_cut_short=True) if is_cut_short else first
    told = next((one.page for one in reversed(pages) if _tells_of_the_order(one.page)), last.page)
    return msgspec.structs.replace(
        last,
        query=first.query,
        page=msgspec.structs.replace(
            last.page,
            items=tuple(item for one in pages for item in one.page.items),
            unreadable=tuple(entry for one in pages for entry in one.page.unreadable),
            items_beyond=sum(one.page.items_beyond for one in pages),
            defaulted=tuple(entry for one in pages for entry in one.page.defaulted),
            refunds=told.refunds,
            returns=told.returns,
            custom_fields=told.custom_fields,
        ),
        items=tuple(item for one in pages for item in one.items),
        places=tuple(place for one in pages for place in one.places),
        repeated=sum(one.repeated for one in pages),
        before=first.before,
        as_of=min(one.as_of for one in pages),
        is_cached=any(one.is_cached for one in pages),
        stale_because=next((one.stale_because for one in pages if one.stale_because), None),
        is_cut_short=is_cut_short,
    )


def _tells_of_the_order(page: ItemsPage) -> bool:
    return bool(page.custom_fields or page.refunds or page.returns)


def continue_list(
    query: ItemsQuery,
    fetched: FetchedPage,
    *,
    state: str,
    needs_attention: Callable[[Item], bool] = lambda _item: False,
) -> Listing:
    """Continue the list of the token `state` (empty at first) by a page."""
    page = fetched.page
    subject = _subject(query)
    before = list_state.from_token(state, subject) if query.cursor and state else ListState()
    new = _select_new(page.items, before)
    items = tuple(item for item, _mark in new)
    statuses, shipments = status_counts(items, before.known_shipments())
    after = before.extend(
        cursor=query.cursor,
        marks=(mark for _item, mark in new),
        statuses=statuses,
        shipments=shipments,
        unreadable=len(page.unreadable),
        next_cursor=page.next_cursor,
        flagged=sum(map(needs_attention, items)),
        beyond=page.items_beyond,
        waiting=sum(map(is_waiting, items)),
    )
    return Listing(
        query=query,
        page=page,
        items=items,
        places=_places((mark for _item, mark in new), before),
        repeated=len(page.items) - len(items),
        end=_end(query, page, items, after),
        before=before,
        after=after,
        next_state=after.to_token(subject),
        as_of=fetched.as_of,
        is_cached=fetched.is_cached,
        stale_because=fetched.stale_because,
    )


def is_expected_cursor(query: ItemsQuery, state: str) -> bool:
    """Whether the query asks for the start of a list, or has the next cursor of the list's last page.

    Cursors are opaque, so only this shows that one belongs to this customer's order.
    """
    return query.cursor is None or list_state.from_token(state, _subject(query)).leads_to(query.cursor)


def page_number(query: ItemsQuery, state: str) -> int:
    """Give the number of the query's page, from 1; 2 for a later page without its list state."""
    if query.cursor is None:
        return 1
    return list_state.from_token(state, _subject(query)).pages_followed + 2


def _subject(query: ItemsQuery) -> str:
    parameters = {name: value for name, value in query.parameters().items() if name != "cursor"}
    return "\n".join([query.customer_id, query.order_id, *(f"{k}={v}" for k, v in parameters.items())])


def _select_new(items: Iterable[Item], before: ListState) -> list[tuple[Item, bytes]]:
    """Select items that no earlier page listed, with their marks; repetitions within the page stay."""
    known = before.known_marks()
    marked = ((item, list_state.mark_of(item.id, _content(item))) for item in items)
    return [(item, mark) for item, mark in marked if mark not in known]


def _content(item: Item) -> bytes:
    try:
        return _contents.encode(item)
    except RecursionError:
        # Custom fields may be nested too deeply to encode.
        return b""


def _places(marks: Iterable[bytes], before: ListState) -> tuple[int, ...]:
    seen = before.ids_seen()
    places = []
    for item_id in map(list_state.id_of, marks):
        places.append(seen[item_id])
        seen[item_id] += 1
    return tuple(places)


def _end(query: ItemsQuery, page: ItemsPage, items: tuple[Item, ...], after: ListState) -> End:
    if page.next_is_unusable:
        return End.CUT_OFF
    if page.next_cursor is None:
        return End.COMPLETE
    only_known = bool(page.items) and not items
    if page.next_cursor == query.cursor or after.knows_cursor(page.next_cursor) or only_known:
        return End.REPEATS
    return End.MORE
