"""Several pages of a list as one long page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from orders.erc.after_sales import Record, Refund
from orders.erc.errors import Unavailable
from orders.erc.schema import Unreadable
from orders.lookup.attention import reasons
from orders.lookup.listing import merge_pages
from orders.lookup.paging import End
from tests.support.deliveries import RULES
from tests.support.listings import follow, page


def test_single_page_stays_as_it_is_when_joined() -> None:
    (whole,) = follow(page("a"))

    assert merge_pages([whole]) is whole
    assert not merge_pages([whole]).is_cut_short
    assert merge_pages([whole], is_cut_short=True).is_cut_short


def test_joined_pages_are_one_long_page() -> None:
    note = Unreadable("items[1].sku", "why")
    first = msgspec.structs.replace(
        page("a", "b", "a", following="1"), unreadable=(Unreadable("items[3]", "why"),), items_beyond=2
    )
    second = msgspec.structs.replace(
        page("b", "c"), unreadable=(Unreadable("items[2]", "why"),), defaulted=(note,)
    )
    listings = [
        msgspec.structs.replace(one, because=tuple(reasons(item, RULES) for item in one.items))
        for one in follow(first, msgspec.structs.replace(second, items_beyond=3))
    ]

    whole = merge_pages(listings)

    assert [item.id for item in whole.items] == ["a", "b", "a", "c"]
    assert whole.places == (0, 0, 1, 0)
    assert whole.because == tuple(reasons(item, RULES) for item in whole.items)
    assert [item.id for item in whole.page.items] == ["a", "b", "a", "b", "c"]
    assert [entry.where for entry in whole.page.unreadable] == ["items[3]", "items[2]"]
    assert (whole.page.defaulted, whole.page.items_beyond, whole.repeated) == ((note,), 5, 1)
    assert (whole.query, whole.before) == (listings[0].query, listings[0].before)
    assert (whole.after, whole.next_state, whole.end) == (listings[1].after, listings[1].next_state, End.COMPLETE)
    assert not whole.is_cut_short
    assert merge_pages(listings, is_cut_short=True).is_cut_short


def test_joined_pages_with_an_empty_last_one_keep_the_items() -> None:
    whole = merge_pages(follow(page("a", following="1"), page()))

    assert [item.id for item in whole.page.items] == ["a"]


def test_joined_pages_are_as_old_as_the_oldest_and_cached_if_any_is() -> None:
    reason = Unavailable("down")
    fresh, last = follow(page("a", following="1"), page("b"))
    old = msgspec.structs.replace(
        last, as_of=datetime(2021, 10, 23, tzinfo=UTC), is_cached=True, stale_because=reason
    )

    for pages in ([fresh, old], [old, fresh]):
        whole = merge_pages(pages)
        assert (whole.as_of, whole.is_cached, whole.stale_because) == (old.as_of, True, reason)
    assert not merge_pages([fresh, last]).is_cached
    assert merge_pages([fresh, last]).stale_because is None


@pytest.mark.parametrize(
    "told",
    [
        {"custom_fields": {"vip": True}},
        {"refunds": (Record({"id": "r"}, Refund(id="r")),)},
        {"returns": (Record({"id": "t"}),)},
    ],
)
def test_joined_pages_tell_of_the_order_what_its_last_word_was(told: dict[str, Any]) -> None:
    early = msgspec.structs.replace(page("a", following="1"), custom_fields={"old": 1})
    late = msgspec.structs.replace(page("b", following="2"), **told)

    whole = merge_pages(follow(early, late, page("c"))).page

    assert (whole.custom_fields, whole.refunds, whole.returns) == (
        told.get("custom_fields"),
        told.get("refunds", ()),
        told.get("returns", ()),
    )
