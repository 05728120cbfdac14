"""What agents see: of any answer a page that shows or counts all of it, and nothing on it but the portal's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.bodies import encoded
from tests.fuzz.budget import share
from tests.fuzz.invariants.counting import entries_sent, require_all_listed, require_totals
from tests.fuzz.invariants.pages import require_good_page
from tests.fuzz.json_text import written
from tests.fuzz.mutations import poisoned, spoiled
from tests.fuzz.pages import next_link, pages, whole_page
from tests.fuzz.surfaces import Desk, Reader, Shown, readers


@share(0.1)
@given(pages(), readers)
def test_page_that_keeps_to_the_reference_is_shown_whole(desk: Desk, page: Any, reader: Reader) -> None:
    desk.sit_down(reader)
    with desk.upstream.serving(lambda _cursor: written(page).encode()):
        shown = desk.look_up()

    assert shown.listing is not None
    require_good_page(shown, reader)
    require_all_listed(shown.listing, len(page["_embedded"]["items"]))
    assert shown.listing.page.unreadable == shown.listing.page.defaulted == ()


@share(0.12)
@given(spoiled(pages()), encoded(), readers)
def test_spoiled_page_is_shown_as_far_as_it_can_be_read(
    desk: Desk, page: Any, encode: Callable[[str], bytes], reader: Reader
) -> None:
    desk.sit_down(reader)
    with desk.upstream.serving(lambda _cursor: encode(written(page))):
        shown = desk.look_up()

    require_good_page(shown, reader)
    sent = entries_sent(page)
    if shown.listing is not None:
        assert sent is not None
        require_all_listed(shown.listing, len(sent))


@share(0.05)
@given(poisoned(whole_page()), readers)
def test_texts_that_mean_harm_stay_text_wherever_they_come_out(desk: Desk, page: Any, reader: Reader) -> None:
    desk.sit_down(reader)
    with desk.upstream.serving(lambda _cursor: written(page).encode()):
        shown = desk.look_up()

    require_good_page(shown, reader)
    assert shown.listing is not None
    require_all_listed(shown.listing, 2)


@share(0.06)
@given(st.lists(spoiled(pages(most=2)), min_size=2, max_size=4), readers)
def test_entries_of_several_pages_are_shown_or_counted_in_all(
    desk: Desk, bodies: list[Any], reader: Reader
) -> None:
    served = [linked(page, at, len(bodies)) for at, page in enumerate(bodies)]
    desk.sit_down(reader)
    with desk.upstream.serving(lambda cursor: written(served[int(cursor or 0)]).encode()):
        shown: Shown | None = desk.look_up()
        listings = []
        while shown is not None and shown.listing is not None:
            require_good_page(shown, reader)
            listings.append(shown.listing)
            shown = desk.load_more(shown)

    if len(listings) == len(bodies):
        require_totals(listings, sum(len(entries_sent(page) or ()) for page in served))


def linked(page: Any, at: int, total: int) -> Any:
    """The page with a link to the one after it."""
    following = {"next": next_link(str(at + 1))} if at + 1 < total else {}
    return {**page, "_links": following}
