"""Items, as docs/api-reference.md has them: pages with cursors, sorted as asked, and errors with a code."""

from __future__ import annotations

import requests

from tests.contract.shapes import ids, next_cursor, prices, require_error, require_page
from tests.contract.stand_ins import (
    ALL_THAT_ARE_OURS,
    EVERYTHING,
    EVERYTHING_THAT_CHECKS,
    EVERYTHING_WITH_A_CATALOGUE,
    Api,
    against,
)


@EVERYTHING
def test_page_holds_items_and_links(api: Api) -> None:
    page = require_page(api.ask_items())

    assert ids(page)
    assert isinstance(page["_links"], dict)


@EVERYTHING_THAT_CHECKS
def test_page_is_no_longer_than_its_limit_and_links_to_the_next(api: Api) -> None:
    page = require_page(api.ask_items(limit="2"))

    assert len(ids(page)) == 2
    assert next_cursor(page)


@against("benchmark")
def test_page_of_an_endless_list_links_to_the_next(api: Api) -> None:
    page = require_page(api.ask_items(limit="20"))

    assert len(ids(page)) == 20
    assert next_cursor(page)


@EVERYTHING_THAT_CHECKS
def test_cursors_lead_through_all_items_once_and_end(api: Api) -> None:
    whole = ids(require_page(api.ask_items(limit="100")))
    page = require_page(api.ask_items(limit="2"))
    listed = ids(page)

    while cursor := next_cursor(page):
        page = require_page(api.ask_items(limit="2", cursor=cursor))
        listed += ids(page)

    assert listed == whole
    assert len(set(listed)) == len(listed) > 2


@EVERYTHING_THAT_CHECKS
def test_items_are_sorted_as_asked(api: Api) -> None:
    falling = require_page(api.ask_items(limit="100", order_by="price:desc"))
    rising = require_page(api.ask_items(limit="100", order_by="price:asc"))

    assert prices(falling) == sorted(prices(falling), reverse=True)
    assert prices(rising) == sorted(prices(falling))
    assert sorted(ids(falling)) == sorted(ids(rising))


@EVERYTHING_THAT_CHECKS
def test_items_without_a_token_are_unauthorized(api: Api) -> None:
    require_error(api.ask_items(token=""), 401)


@EVERYTHING_THAT_CHECKS
def test_items_with_a_token_that_was_never_granted_are_unauthorized(api: Api) -> None:
    require_error(api.ask_items(token="made-up"), 401)


@ALL_THAT_ARE_OURS
def test_items_with_a_token_that_has_ended_are_unauthorized(api: Api) -> None:
    token = api.ask_token().json()["access_token"]
    api.expire_tokens()

    require_error(api.ask_items(token=token), 401)


@EVERYTHING_WITH_A_CATALOGUE
def test_items_of_an_unknown_order_are_not_found(api: Api) -> None:
    require_error(api.ask_items(order_id="no-such-order"), 404)


@against("sandbox")
def test_items_with_a_wrong_parameter_are_a_bad_request_that_names_it(api: Api) -> None:
    body = require_error(api.ask_items(order_by="nonsense"), 400)

    assert [field["name"] for field in body["fields"]] == ["order_by"]


@ALL_THAT_ARE_OURS
def test_items_by_another_method_are_refused(api: Api) -> None:
    token = api.ask_token().json()["access_token"]

    response = requests.post(api.items_url(), headers={"Authorization": f"Bearer {token}"}, timeout=10)

    require_error(response, 405)
