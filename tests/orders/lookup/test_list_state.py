from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.lookup.list_state import ListState, _signer, from_token, id_of, mark_of
from orders.lookup.standing import Alarm, Appraisal


def marks(*ids: str) -> list[bytes]:
    return [mark_of(name, b"content") for name in ids]


SEEN = ListState().extend(cursor=None, marks=marks("a", "b"), statuses={"DELIVERED": 2})


def test_trail_comes_back_from_its_link() -> None:
    state = from_token(SEEN.to_token("list"), "list")

    assert state == SEEN
    assert state.known_marks() == set(marks("a", "b"))
    assert (state.shown, state.statuses) == (2, {"DELIVERED": 2})


@pytest.mark.parametrize("length", [1, 2, 3])
def test_link_of_any_trail_holds_no_sign_that_addresses_escape_and_comes_back(length: int) -> None:
    states = [ListState(shipments=bytes([value] * length)) for value in range(256)]

    links = [state.to_token("list") for state in states]

    assert not any("=" in link for link in links)
    assert [from_token(link, "list") for link in links] == states


@pytest.mark.parametrize(
    "text", ["", "garbage", "a:b", SEEN.to_token("list")[:-3], "x" + SEEN.to_token("list"), "é\ud800"]
)
def test_forged_trail_is_an_empty_one(text: str) -> None:
    assert from_token(text, "list") == ListState()


def test_trail_of_a_list_whose_name_holds_half_a_character_comes_back() -> None:
    assert from_token(SEEN.to_token("list \ud800"), "list \ud800") == SEEN


def test_half_characters_are_no_error_in_what_is_remembered() -> None:
    half = "\ud800"

    state = ListState().extend(cursor=half, marks=marks(half), statuses={f"S{half}": 1})

    assert state.knows_cursor(half)
    assert state.known_marks() == set(marks(half))
    assert state.statuses == {"S?": 1}


def test_trail_of_another_list_is_an_empty_one() -> None:
    assert from_token(SEEN.to_token("list"), "another list") == ListState()


def test_trail_sums_up_over_pages() -> None:
    state = SEEN.extend(cursor="c-1", marks=marks("c"), statuses={"DELIVERED": 1, "FAILURE": 1})

    assert (state.shown, state.statuses) == (3, {"DELIVERED": 3, "FAILURE": 1})
    assert state.knows_cursor("c-1")
    assert not state.knows_cursor("c-2")


def test_link_of_a_thousand_items_stays_below_what_servers_take() -> None:
    state = ListState()
    for number in range(1000):
        state = state.extend(cursor=f"c-{number}", marks=marks(f"i-{number}"), statuses={"DELIVERED": 1})

    token = state.to_token("list")

    assert len(token) < 8000
    assert from_token(token, "list").shown == 1000


def test_link_stays_short_with_statuses_in_any_script() -> None:
    state = ListState()
    for number in range(400):
        state = state.extend(
            cursor=f"c-{number}", marks=marks(f"i-{number}"), statuses={f"{number}配達中" * 20: 1}
        )

    token = state.to_token("list")

    assert len(token) < 8000
    assert from_token(token, "list") == state


def test_statuses_that_only_differ_far_behind_are_counted_together() -> None:
    state = ListState().extend(cursor=None, marks=[], statuses={"x" * 50 + "a": 1, "x" * 50 + "b": 2})

    assert state.statuses == {"x" * 40: 3}


def test_link_changed_in_any_place_is_an_empty_trail() -> None:
    token = SEEN.to_token("list")
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]

    readable = [text for text in changed if from_token(text, "list") != ListState()]

    assert readable == []


@pytest.mark.parametrize("packed", ["bm90IGEgdHJhaWw", "!", "", "\u00e9"])
def test_link_that_is_signed_but_holds_something_else_is_an_empty_trail(packed: str) -> None:
    assert from_token(_signer("list").sign(packed), "list") == ListState()


def test_link_of_another_key_is_an_empty_trail(settings: Settings) -> None:
    token = SEEN.to_token("list")
    settings.SECRET_KEY = "another"

    assert from_token(token, "list") == ListState()


def test_link_stays_short_however_long_the_list() -> None:
    state = ListState()
    for number in range(100):
        new = marks(*(f"item-{number}-{index}" for index in range(20)))
        state = state.extend(cursor=f"cursor-{number}", marks=new, statuses={f"{number}" * 60: 1})

    assert state.shown == 2000
    assert len(state.to_token("list")) < 7000
    assert set(marks("item-99-19", "item-80-0")) <= state.known_marks()


def test_link_names_no_item() -> None:
    assert "secret" not in ListState().extend(cursor="secret", marks=marks("secret-id"), statuses={}).to_token(
        "list"
    )


def test_marks_differ_by_id_and_by_content() -> None:
    found = {mark_of("a", b"1"), mark_of("a", b"2"), mark_of("b", b"1"), mark_of("b", b"2")}

    assert len(found) == 4
    assert {id_of(mark) for mark in found} == {id_of(mark_of("a", b"")), id_of(mark_of("b", b""))}


def test_items_are_counted_by_their_ids() -> None:
    state = ListState().extend(
        cursor=None, marks=[mark_of("a", b"1"), mark_of("b", b"1"), mark_of("a", b"2")], statuses={}
    )

    seen = state.ids_seen()

    assert [seen[id_of(mark_of(name, b""))] for name in ("a", "b", "c")] == [2, 1, 0]


def test_four_hundred_cursors_and_items_are_remembered() -> None:
    state = ListState()
    for number in range(401):
        state = state.extend(cursor=f"c-{number}", marks=marks(f"i-{number}"), statuses={})

    assert state.pages_followed == 400
    assert [state.knows_cursor(f"c-{number}") for number in (0, 1, 400)] == [False, True, True]
    assert state.known_marks() == set(marks(*(f"i-{number}" for number in range(1, 401))))
    assert state.shown == 401


def test_counts_add_up_over_pages() -> None:
    state = ListState()
    appraisal = Appraisal({"d": 5}, flagged=2, troubled=6, contradicting=7, alarm=Alarm.CHECK)
    for _ in range(2):
        state = state.extend(
            cursor=None, marks=[], statuses={}, unreadable=1, waiting=3, beyond=4, appraisal=appraisal
        )

    assert (state.unreadable, state.flagged, state.waiting, state.beyond) == (2, 4, 6, 8)
    assert (state.standings, state.troubled, state.contradicting, state.alarm) == ({"d": 10}, 12, 14, 1)
    assert from_token(state.to_token("list"), "list") == state


def test_trail_leads_to_the_cursor_that_the_last_page_named() -> None:
    state = ListState().extend(cursor=None, marks=[], statuses={}, next_cursor="c-1")

    assert (state.leads_to("c-1"), state.leads_to("c-2"), state.pages_followed) == (True, False, 0)
    assert not state.extend(cursor="c-1", marks=[], statuses={}).leads_to("c-1")
    assert state.extend(cursor="c-1", marks=[], statuses={}).next_cursor_digest == b""
    assert not ListState().leads_to("")


def test_page_that_brings_and_names_nothing_leaves_a_trail_as_it_was() -> None:
    assert ListState().extend(cursor=None, marks=[], statuses={}) == ListState()


def test_shipments_of_one_page_are_remembered_each() -> None:
    state = ListState().extend(cursor=None, marks=[], statuses={}, shipments=[b"1234", b"5678"])

    assert state.known_shipments() == {b"1234", b"5678"}


def test_only_twenty_statuses_are_remembered() -> None:
    state = ListState().extend(cursor=None, marks=[], statuses={f"S{number}": 1 for number in range(30)})

    assert state.statuses == {f"S{number}": 1 for number in range(20)}


def test_trail_remembers_the_latest_shipments_and_stays_short() -> None:
    state = ListState()
    for number in range(400):
        state = state.extend(
            cursor=f"c-{number}",
            marks=marks(f"i-{number}"),
            statuses={"DELIVERED": 1},
            shipments=[number.to_bytes(4, "big")],
        )

    token = state.to_token("list")

    assert len(token) < 8000
    assert from_token(token, "list").known_shipments() == {number.to_bytes(4, "big") for number in range(250, 400)}
