from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from django.utils import timezone

from orders.erc.after_sales import Record, Refund, RefundLineItem
from orders.erc.errors import ErcError, TimedOut
from orders.erc.fetched import Fetched
from orders.erc.query import FILTER_NAMES, ItemsQuery
from orders.erc.schema import Delivery, Item, ItemsPage, Price, StatusInfo, Unreadable
from orders.erc.timestamps import Timestamp
from orders.lookup.listing import Listing, continue_list
from orders.presenters.page import PageView, items_page
from tests.support.deliveries import RULES

AS_OF = datetime(2021, 10, 23, 12, 16, 50, tzinfo=UTC)


def items(*ids: str, status: str = "DELIVERED") -> tuple[Item, ...]:
    deliveries = (Delivery(id="d", latest_status_info=StatusInfo(status)),)
    return tuple(Item(id=name, name=name, price=Price(Decimal(1), "EUR"), deliveries=deliveries) for name in ids)


def query(**fields: Any) -> ItemsQuery:
    return ItemsQuery(**{"customer_id": "C-1", "order_id": "O-1", "limit": 2, **fields})


def listed(page: ItemsPage, trail: str = "", stale_because: ErcError | None = None, **asked: Any) -> Listing:
    return continue_list(query(**asked), Fetched(page, b"", AS_OF, stale_because=stale_because), state=trail)


def shown(*ids: str, **fields: Any) -> PageView:
    return items_page(listed(ItemsPage(items=items(*ids), **fields)), "/orders/")


def parameters(link: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


UNREADABLE = (Unreadable("items[1]", "why"),)


@pytest.mark.parametrize(
    ("page", "said", "end"),
    [
        (shown("a", "b", next_cursor="1"), "2 items so far, more to load", ""),
        (shown("a", next_cursor="1"), "1 item so far, more to load", ""),
        (shown("a", "b"), "2 items", ""),
        (shown("a"), "1 item", ""),
        (shown("a", "b", "c", "d"), "4 items", "End of the list."),
        (shown(), "No items", ""),
        (shown("a", unreadable=UNREADABLE), "1 item, others could not be read", ""),
        (shown("a", next_is_unusable=True), "1 item, the rest could not be loaded", "can’t be loaded"),
    ],
)
def test_page_says_how_much_of_the_list_it_is(page: PageView, said: str, end: str) -> None:
    assert page.shown == said
    assert end in page.end
    assert bool(page.end) is bool(end)


def test_last_page_counts_what_was_shown_before() -> None:
    first = listed(ItemsPage(items=items("a", "b"), next_cursor="1"))

    last = items_page(listed(ItemsPage(items=items("c")), first.next_state, cursor="1"), "/orders/")

    assert last.shown == "3 items"
    assert last.answer == "All 3 items are delivered."


def test_last_page_after_unreadable_entries_does_not_claim_to_be_all() -> None:
    first = listed(ItemsPage(items=items("a"), next_cursor="1", unreadable=UNREADABLE))

    last = items_page(listed(ItemsPage(items=items("b")), first.next_state, cursor="1"), "/orders/")

    assert last.shown == "2 items, others could not be read"


@pytest.mark.parametrize("trail", ["", "forged"])
def test_page_that_lost_its_trail_does_not_claim_to_be_all(trail: str) -> None:
    page = items_page(listed(ItemsPage(items=items("c")), trail, cursor="1"), "/orders/")

    assert page.shown == "1 item shown"
    assert page.is_continued


@pytest.mark.parametrize(
    ("page", "asked", "is_empty"),
    [
        (ItemsPage(items=()), {}, True),
        (ItemsPage(items=items("a")), {}, False),
        (ItemsPage(items=(), unreadable=UNREADABLE), {}, False),
        (ItemsPage(items=(), next_cursor="1"), {}, False),
        (ItemsPage(items=(), next_is_unusable=True), {}, False),
        (ItemsPage(items=()), {"cursor": "1"}, False),
    ],
)
def test_order_is_empty_only_where_that_is_known(page: ItemsPage, asked: dict[str, Any], is_empty: bool) -> None:
    assert items_page(listed(page, **asked), "/orders/").is_empty is is_empty


def test_empty_page_with_more_behind_it_leads_on() -> None:
    assert parameters(shown(next_cursor="1").next_link)["cursor"] == "1"


def test_next_link_carries_the_cursor_and_a_trail_that_opens() -> None:
    first = listed(ItemsPage(items=items("a"), next_cursor="x+y= &"), order_by="price:asc", brand="Ä & Co")

    link = parameters(items_page(first, "/orders/").next_link)

    assert link == {
        "customer_id": "C-1",
        "order_id": "O-1",
        "limit": "2",
        "order_by": "price:asc",
        "brand": "Ä & Co",
        "cursor": "x+y= &",
        "trail": first.next_state,
    }


@pytest.mark.parametrize("page", [shown("a"), shown("a", next_is_unusable=True), shown()])
def test_list_that_ends_has_no_next_link(page: PageView) -> None:
    assert page.next_link == ""


def test_list_that_repeats_says_so_and_ends() -> None:
    first = listed(ItemsPage(items=items("a", "b"), next_cursor="1"))

    page = items_page(
        listed(ItemsPage(items=items("b", "a"), next_cursor="2"), first.next_state, cursor="1"), "/orders/"
    )

    assert (page.cards, page.next_link, page.shown) == ((), "", "2 items, the rest could not be loaded")
    assert "keeps sending the same items" in page.end


@pytest.mark.parametrize("trail", ["", "trail"])
def test_links_to_the_start_drop_the_cursor_and_the_trail(trail: str) -> None:
    page = items_page(listed(ItemsPage(items=items("a")), trail, cursor="1", brand="Arda"), "/orders/")

    start = {"customer_id": "C-1", "order_id": "O-1", "limit": "2", "brand": "Arda"}
    assert parameters(page.first_link) == start
    assert parameters(page.refresh_link) == {**start, "refresh": "1", "pages": "2"}


@pytest.mark.parametrize(
    ("order_by", "current"),
    [
        (None, ["By status"]),
        ("price:asc", ["Price: low to high"]),
        ("price:desc", ["Price: high to low"]),
        ("name:asc", []),
    ],
)
def test_sorting_starts_anew_and_marks_the_present_one(order_by: str | None, current: list[str]) -> None:
    page = items_page(listed(ItemsPage(items=items("a")), order_by=order_by, cursor="1", brand="Arda"), "/orders/")

    links = [parameters(choice.link) for choice in page.choices]
    assert [choice.words for choice in page.choices if choice.is_current] == current
    assert [link.get("order_by") for link in links] == [None, None, "price:asc", "price:desc"]
    assert [link.get("groups") for link in links] == [None, "0", None, None]
    assert all("cursor" not in link and link["brand"] == "Arda" for link in links)


def test_every_filter_is_named_and_can_be_taken_off_at_once() -> None:
    asked: dict[str, Any] = {name: f"{name}\u202e!" for name in FILTER_NAMES}

    page = items_page(listed(ItemsPage(items=()), **asked), "/orders/")

    assert [fact.value.short for fact in page.filters] == [f"{name}!" for name in FILTER_NAMES]
    assert len({fact.label for fact in page.filters}) == len(FILTER_NAMES)
    assert parameters(page.unfiltered_link) == {"customer_id": "C-1", "order_id": "O-1", "limit": "2"}


def test_page_without_filters_names_none() -> None:
    assert shown("a").filters == ()


def test_page_shows_its_fields_refunds_and_returns() -> None:
    page = shown(
        "a", custom_fields={"vip": True}, refunds=(Record({"id": "r"}), Record({})), returns=(Record({"id": "t"}),)
    )

    assert [(fact.label, fact.value.short) for fact in page.facts] == [("vip", "Yes")]
    assert [
        (section.title, [[(fact.label, fact.value.short) for fact in entry.fields] for entry in section.entries])
        for section in page.after_sales
    ] == [("Refunds", [[("id", "r")]]), ("Returns", [[("id", "t")]])]


def test_page_without_refunds_has_no_heading_for_them() -> None:
    assert shown("a", refunds=(Record({}),)).after_sales == ()


def test_cards_have_the_lines_of_their_own_item() -> None:
    refund = Refund(id="r", refund_line_items=(RefundLineItem("a", 1, Decimal(5), "EUR"), RefundLineItem("zz")))

    page = shown("a", "b", refunds=(Record({"id": "r"}, refund),))

    assert [[line.sentence.amount for line in card.after_sales] for card in page.cards] == [["€5.00"], []]


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 entry could not be read and is not shown."), (5, "5 entries could not be read and are not shown.")],
)
def test_unreadable_entries_are_counted(count: int, words: str) -> None:
    assert shown("a", unreadable=UNREADABLE * count).unreadable == (count, words)


def test_page_that_was_read_whole_has_no_notice() -> None:
    page = shown("a", "b")

    assert (page.unreadable, page.notices, page.stale) == (None, (), "")


def test_details_that_were_left_out_are_noted_without_their_reason() -> None:
    page = shown("a", defaulted=(Unreadable("items[0].brand", "planted"),))

    assert page.notices == ("Some details of these items could not be read and are left out.",)


@pytest.mark.parametrize(
    ("ids", "notices"),
    [
        (["a"], ("1 duplicate item was left out.",)),
        (["a", "b"], ("2 duplicate items were left out.",)),
    ],
)
def test_items_that_came_again_are_noted(ids: list[str], notices: tuple[str, ...]) -> None:
    first = listed(ItemsPage(items=items("a", "b"), next_cursor="1"))
    again = ItemsPage(items=items(*ids, "c"))

    page = items_page(listed(again, first.next_state, cursor="1"), "/orders/")

    assert page.notices == notices
    assert [card.id for card in page.cards] == ["c"]


def test_places_of_items_with_one_id_have_names_of_their_own() -> None:
    page = shown("a", "a", "b c", "b c", "a-2")

    anchors = [card.anchor for card in page.cards]
    assert [card.id for card in page.cards] == ["a", "a", "b c", "b c", "a-2"]
    assert anchors[0] == "item-a"
    assert len(set(anchors)) == 5


def test_lines_of_the_answer_lead_to_the_items_that_are_meant() -> None:
    page = items_page(listed(ItemsPage(items=items("a", "a", status="FAILURE"))), "/orders/")

    assert [line.link for line in page.answer_lines] == [f"#{card.anchor}" for card in page.cards]


@pytest.mark.parametrize(
    ("beyond", "words"), [(1, "1 entry does not fit"), (299_000, "299000 entries do not fit")]
)
def test_entries_beyond_what_is_shown_are_counted(beyond: int, words: str) -> None:
    page = shown("a", items_beyond=beyond)

    assert words in page.notices[0]
    assert page.shown == "1 item shown"


def test_deliveries_beyond_what_is_shown_are_counted() -> None:
    (item,) = items("a")
    many = ItemsPage(items=(msgspec.structs.replace(item, deliveries_beyond=2), item))

    assert "2 shipments of these items do not fit" in items_page(listed(many), "/orders/").notices[0]


def test_page_of_nothing_but_entries_beyond_is_not_empty() -> None:
    assert not shown(items_beyond=1).is_empty
    assert shown().is_empty


def test_old_answer_says_why_and_from_when() -> None:
    page = items_page(listed(ItemsPage(items=items("a")), stale_because=TimedOut("planted")), "/orders/")

    assert "slow right now" in page.stale
    assert "planted" not in page.stale
    assert page.as_of[:2] == ("Oct 23, 2021, 12:16 UTC", "2021-10-23T12:16:50+00:00")


def test_ids_are_shown_harmless_and_linked_exactly() -> None:
    page = items_page(listed(ItemsPage(items=()), customer_id="a/b#c?d%é", order_id="<b>\u00a0&"), "/orders/")

    assert (page.customer_id, page.order_id) == ("a/b#c?d%é", "<b> &")
    assert parameters(page.first_link) == {"customer_id": "a/b#c?d%é", "order_id": "<b>\u00a0&", "limit": "2"}


def test_attention_is_that_of_the_minute_in_which_the_page_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Delivery(id="d", latest_status_info=StatusInfo("IN_TRANSIT"), delivery_date_end=Timestamp("2021-10-23"))
    listed = ItemsPage(items=(Item(id="a", name="a", deliveries=(late,)),))
    before = RULES._replace(now=datetime(2021, 10, 23, 23, 59, tzinfo=UTC))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2021, 10, 24, tzinfo=UTC))

    listing = continue_list(query(), Fetched(listed, b"", AS_OF), state="", rules=before)
    (card,) = items_page(listing, "/orders/").cards

    assert listing.after.flagged == 0
    assert [flag.reason for flag in card.flags] == ["late"]
