"""The service over several pages: whatever their links say, it ends, and all that came is listed or counted."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orders.erc.errors import InvalidResponse
from orders.erc.query import ItemsQuery
from orders.lookup.listing import Listing
from orders.lookup.paging import End
from tests.fuzz.budget import share
from tests.fuzz.invariants.counting import entries_sent, require_all_listed, require_totals
from tests.fuzz.json_text import written
from tests.fuzz.mutations import ODD_LINKS, spoiled
from tests.fuzz.pages import next_link, pages
from tests.fuzz.upstream import Upstream
from tests.support.connection import list_items

MAX_EMPTY = 10
"""So many empty pages in a row are passed over."""

LINKS = st.integers(0, 4).map(str).map(next_link) | st.sampled_from(ODD_LINKS)


def look_up(state: str = "", cursor: str | None = None, number: int = 1) -> Listing:
    query = ItemsQuery(customer_id="C-1", order_id="O-1", limit=20, cursor=cursor)
    return list_items(query, state=state, pages=number)


@share(0.09)
@given(st.lists(st.tuples(spoiled(pages(most=2), most=1), LINKS), min_size=1, max_size=5), st.integers(1, 8))
def test_pages_in_a_row_end_and_are_counted_in_all(
    upstream: Upstream, given_pages: list[tuple[Any, Any]], number: int
) -> None:
    served = [{**page, "_links": {"next": link}} for page, link in given_pages]
    asked: list[int] = []

    def body(cursor: str | None) -> bytes:
        asked.append(int(cursor) % len(served) if cursor and cursor.isdecimal() and cursor.isascii() else 0)
        return written(served[asked[-1]]).encode()

    with upstream.serving(body):
        try:
            listing = look_up(number=number)
        except InvalidResponse:
            return

    assert len(asked) <= max(number, MAX_EMPTY)
    came = asked[:-1] if listing.is_cut_short else asked
    sent = sum(len(entries_sent(served[at]) or ()) for at in came)
    require_all_listed(listing, sent)
    require_totals([listing], sent)
    assert listing.end is not End.MORE or listing.page.next_cursor


@share(0.03)
@given(pages(), st.sampled_from(("", "x", "trail:forged", "é", "AAAA:" * 9)))
def test_trail_of_another_person_is_no_trail(upstream: Upstream, page: Any, trail: str) -> None:
    with upstream.serving(lambda _cursor: written(page).encode()):
        listing = look_up(trail, cursor="2")

    assert listing.repeated == 0
    require_all_listed(listing, len(page["_embedded"]["items"]))
