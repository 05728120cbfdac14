from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.trail import Trail, _signer, opened

SEEN = Trail().extended(cursor=None, item_ids=["a", "b"], statuses={"DELIVERED": 2})


def test_trail_comes_back_from_its_link() -> None:
    trail = opened(SEEN.sealed("list"), "list")

    assert trail == SEEN
    assert trail.knows_item("a")
    assert not trail.knows_item("c")
    assert (trail.shown, trail.statuses) == (2, {"DELIVERED": 2})


@pytest.mark.parametrize(
    "text", ["", "garbage", "a:b", SEEN.sealed("list")[:-3], "x" + SEEN.sealed("list"), "é\ud800"]
)
def test_forged_trail_is_an_empty_one(text: str) -> None:
    assert opened(text, "list") == Trail()


def test_trail_of_another_list_is_an_empty_one() -> None:
    assert opened(SEEN.sealed("list"), "another list") == Trail()


def test_trail_sums_up_over_pages() -> None:
    trail = SEEN.extended(cursor="c-1", item_ids=["c"], statuses={"DELIVERED": 1, "FAILURE": 1})

    assert (trail.shown, trail.statuses) == (3, {"DELIVERED": 3, "FAILURE": 1})
    assert trail.knows_cursor("c-1")
    assert not trail.knows_cursor("c-2")


def test_link_of_a_thousand_items_stays_below_what_servers_take() -> None:
    trail = Trail()
    for number in range(1000):
        trail = trail.extended(cursor=f"c-{number}", item_ids=[f"i-{number}"], statuses={"DELIVERED": 1})

    sealed = trail.sealed("list")

    assert len(sealed) < 8000
    assert opened(sealed, "list").shown == 1000


def test_link_stays_short_with_statuses_in_any_script() -> None:
    trail = Trail()
    for number in range(400):
        trail = trail.extended(
            cursor=f"c-{number}", item_ids=[f"i-{number}"], statuses={f"{number}配達中" * 20: 1}
        )

    sealed = trail.sealed("list")

    assert len(sealed) < 8000
    assert opened(sealed, "list") == trail


def test_statuses_that_only_differ_far_behind_are_counted_together() -> None:
    trail = Trail().extended(cursor=None, item_ids=[], statuses={"x" * 50 + "a": 1, "x" * 50 + "b": 2})

    assert trail.statuses == {"x" * 40: 3}


def test_link_changed_in_any_place_is_an_empty_trail() -> None:
    sealed = SEEN.sealed("list")
    changed = [sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :] for at in range(len(sealed))]

    readable = [text for text in changed if opened(text, "list") != Trail()]

    assert readable == []


@pytest.mark.parametrize("packed", ["bm90IGEgdHJhaWw", "!", "", "\u00e9"])
def test_link_that_is_signed_but_holds_something_else_is_an_empty_trail(packed: str) -> None:
    assert opened(_signer("list").sign(packed), "list") == Trail()


def test_link_of_another_key_is_an_empty_trail(settings: Settings) -> None:
    sealed = SEEN.sealed("list")
    settings.SECRET_KEY = "another"

    assert opened(sealed, "list") == Trail()


def test_link_stays_short_however_long_the_list() -> None:
    trail = Trail()
    for number in range(100):
        ids = [f"item-{number}-{index}" for index in range(20)]
        trail = trail.extended(cursor=f"cursor-{number}", item_ids=ids, statuses={f"{number}" * 60: 1})

    assert trail.shown == 2000
    assert len(trail.sealed("list")) < 7000
    assert trail.knows_item("item-99-19")


def test_link_names_no_item() -> None:
    assert "secret" not in Trail().extended(cursor="secret", item_ids=["secret-id"], statuses={}).sealed("list")
