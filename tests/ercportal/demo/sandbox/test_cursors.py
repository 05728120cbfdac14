"""Pages of a list: they follow each other by cursors that hold for their own list only."""

from __future__ import annotations

import pytest

from tests.support.api_client import ApiClient, fault_fields, item_ids, next_cursor, read_json
from tests.support.sandbox_orders import LONG_ORDER


def test_pages_follow_each_other_until_the_last(api: ApiClient) -> None:
    pages = list(api.pages(*LONG_ORDER))

    ids = [item_id for page in pages for item_id in item_ids(page)]
    assert [len(item_ids(page)) for page in pages] == [20, 20, 5]
    assert ids == [f"itm-20810-{number:02}" for number in range(1, 46)]
    assert "next" not in pages[-1]["_links"]


def test_next_link_works_as_it_is(api: ApiClient) -> None:
    first = read_json(
        api.items("kunde/ä 7", "50%25 + ½", {"limit": "2", "order_by": "name:asc", "description": "a"})
    )

    href = first["_links"]["next"]["href"]
    second = read_json(api.send("GET", href))

    assert href.startswith(api.items_url("kunde/ä 7", "50%25 + ½") + "?")
    assert not set(item_ids(first)) & set(item_ids(second))
    assert second["_links"]["self"]["href"] == href


def test_cursor_with_another_limit_goes_on_where_it_stands(api: ApiClient) -> None:
    cursor = next_cursor(read_json(api.items(*LONG_ORDER, {"limit": "10"})))

    page = read_json(api.items(*LONG_ORDER, {"limit": "3", "cursor": cursor}))

    assert item_ids(page) == ["itm-20810-11", "itm-20810-12", "itm-20810-13"]


@pytest.mark.parametrize(
    ("ids", "params"),
    [
        (("C-1006", "A-21250"), {}),
        (LONG_ORDER, {"order_by": "price:asc"}),
        (LONG_ORDER, {"order_by": "name:desc"}),
        (LONG_ORDER, {"brand": "Tarnvik"}),
    ],
)
def test_cursor_in_another_list_is_a_bad_request(
    api: ApiClient, ids: tuple[str, str], params: dict[str, str]
) -> None:
    cursor = next_cursor(read_json(api.items(*LONG_ORDER, {"order_by": "name:asc"})))

    answer = api.items(*ids, {**params, "cursor": cursor})

    assert answer.status_code == 400
    assert fault_fields(answer) == ["cursor"]


def test_cursor_that_was_changed_is_a_bad_request(api: ApiClient) -> None:
    cursor = next_cursor(read_json(api.items(*LONG_ORDER)))
    assert cursor is not None

    answer = api.items(*LONG_ORDER, {"cursor": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")})

    assert fault_fields(answer) == ["cursor"]
