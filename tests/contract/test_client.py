"""The portal's own client with everything that stands in for the API."""

from __future__ import annotations

import pytest

from orders.erc.errors import BadRequest, NotAllowed, NotFound
from tests.contract.shapes import ids, next_cursor, require_page
from tests.contract.stand_ins import (
    ALL_THAT_ARE_OURS,
    EVERYTHING,
    EVERYTHING_THAT_CHECKS,
    EVERYTHING_WITH_A_CATALOGUE,
    Api,
    against,
)
from tests.support.erc_calls import ask


def order(api: Api, **more: object) -> dict[str, object]:
    return {"customer_id": api.customer_id, "order_id": api.order_id, **more}


@EVERYTHING
def test_client_lists_what_the_page_holds(api: Api) -> None:
    raw = require_page(api.ask_items(limit="20"))

    page = ask(api.client(), **order(api, limit=20))

    assert [item.id for item in page.items] == ids(raw)
    assert page.unreadable == ()
    assert bool(page.next_cursor) is bool(next_cursor(raw))


@EVERYTHING_THAT_CHECKS
def test_client_goes_from_page_to_page_until_the_last(api: Api) -> None:
    client = api.client()
    page = ask(client, **order(api, limit=2))
    listed = [item.id for item in page.items]

    while page.next_cursor:
        page = ask(client, **order(api, limit=2, cursor=page.next_cursor))
        listed += [item.id for item in page.items]

    assert listed == ids(require_page(api.ask_items(limit="100")))


@ALL_THAT_ARE_OURS
def test_client_fetches_a_new_token_where_its_own_has_ended(api: Api) -> None:
    client = api.client()
    before = ask(client, **order(api))
    api.expire_tokens()

    after = ask(client, **order(api))

    assert after.items == before.items


@ALL_THAT_ARE_OURS
def test_client_with_a_private_key_lists_items(api: Api) -> None:
    assert ask(api.client(**api.key), **order(api)).items


@EVERYTHING_WITH_A_CATALOGUE
def test_client_finds_no_unknown_order(api: Api) -> None:
    with pytest.raises(NotFound) as found:
        ask(api.client(), **order(api, order_id="no-such-order"))

    assert (found.value.status, bool(found.value.code)) == (404, True)


@EVERYTHING_WITH_A_CATALOGUE
def test_client_with_a_wrong_secret_is_not_allowed(api: Api) -> None:
    client = api.client(client_secret="not-the-secret")

    with pytest.raises(NotAllowed) as found:
        ask(client, **order(api))

    assert found.value.status == 401


@against("sandbox")
def test_client_is_told_which_parameter_was_refused(api: Api) -> None:
    with pytest.raises(BadRequest) as found:
        ask(api.client(), **order(api, order_by="nonsense"))

    assert [field.name for field in found.value.fields] == ["order_by"]
