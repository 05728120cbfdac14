from __future__ import annotations

import pytest

from orders.trail import Trail, opened

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
