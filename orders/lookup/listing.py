"""Continues the list of an order's items by one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from orders.erc.fetched import Fetched
from orders.erc.query import ItemsQuery
from orders.erc.schema import Item, ItemsPage
from orders.lookup import list_state
from orders.lookup.attention import Reasons, Rules, reasons
from orders.lookup.list_state import ListState
from orders.lookup.paging import (
    Continuation,
    find_end,
    known_state,
    merge_facts,
    merge_notes,
    select_new,
    subject_of,
)
from orders.lookup.quantities import is_waiting
from orders.lookup.shipments import status_counts
from orders.lookup.standing import Promise, appraise


class Listing(Continuation, frozen=True, kw_only=True):
    """One page of an order's items as the continuation of a list.

    `items` are the new ones. `places` counts for each how many other items with its id came before it, and
    `because` has its reasons for attention by the `rules`; none without rules.
    """

    query: ItemsQuery
    page: ItemsPage
    items: tuple[Item, ...]
    places: tuple[int, ...]
    because: tuple[Reasons, ...]
    rules: Rules | None

    @property
    def count(self) -> int:
        """How many new entries the page brings."""
        return len(self.items)

    @property
    def has_no_entries(self) -> bool:
        """Whether the page has no entries, not even unreadable ones."""
        return not (self.page.items or self.page.unreadable or self.page.items_beyond)


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
            items_beyond=sum(one.page.items_beyond for one in pages),
            refunds=told.refunds,
            returns=told.returns,
            custom_fields=told.custom_fields,
            **merge_notes([one.page for one in pages]),
        ),
        items=tuple(item for one in pages for item in one.items),
        places=tuple(place for one in pages for place in one.places),
        because=tuple(why for one in pages for why in one.because),
        is_cut_short=is_cut_short,
        **merge_facts(pages),
    )


def _tells_of_the_order(page: ItemsPage) -> bool:
    return bool(page.custom_fields or page.refunds or page.returns)


def continue_list(
    query: ItemsQuery,
    fetched: Fetched[ItemsPage],
    *,
    state: str,
    rules: Rules | None = None,
) -> Listing:
    """Continue the list of the token `state` (empty at first) by a page.

    Without rules, nothing needs attention.
    """
    page = fetched.page
    before = known_state(query, state)
    new = select_new(page.items, before)
    items = tuple(item for item, _mark in new)
    because = tuple([reasons(item, rules) for item in items]) if rules else ()
    statuses, shipments = status_counts(items, before.known_shipments())
    after = before.extend(
        cursor=query.cursor,
        marks=(mark for _item, mark in new),
        statuses=statuses,
        shipments=shipments,
        unreadable=len(page.unreadable),
        next_cursor=page.next_cursor,
        appraisal=appraise(items, because, before.known_shipments(), rules, Promise(*before.promise)),
        beyond=page.items_beyond,
        waiting=sum(map(is_waiting, items)),
    )
    return Listing(
        query=query,
        page=page,
        items=items,
        places=_places((mark for _item, mark in new), before),
        because=because,
        rules=rules,
        repeated=len(page.items) - len(items),
        end=find_end(query, page, after, is_known=bool(page.items) and not items),
        before=before,
        after=after,
        next_state=after.to_token(subject_of(query)),
        as_of=fetched.as_of,
        is_cached=fetched.is_cached,
        stale_because=fetched.stale_because,
    )


def _places(marks: Iterable[bytes], before: ListState) -> tuple[int, ...]:
    seen = before.ids_seen()
    places = []
    for item_id in map(list_state.id_of, marks):
        places.append(seen[item_id])
        seen[item_id] += 1
    return tuple(places)
