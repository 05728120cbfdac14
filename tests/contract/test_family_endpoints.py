"""What every endpoint around the items has in common: its shape, its scope, its errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import requests

from tests.contract.shapes import require_error, require_json
from tests.contract.stand_ins import (
    ALL_THAT_ARE_OURS,
    EVERYTHING_WITH_A_FAMILY,
    Api,
)
from tests.ercportal.demo.sandbox import shapes
from tests.support.stub_routes import ALL_SCOPES, PATHS, SCOPES

ORDERS = {
    **shapes.ORDERS,
    "_embedded": {"orders": [{**shapes.LISTED_ORDER, "shipping_addresses": [shapes.ADDRESS]}]},
}
"""Both forms of an order's address exist."""

SHAPES: dict[str, Mapping[str, Any]] = {
    "customers": shapes.CUSTOMERS,
    "customer": shapes.CUSTOMER,
    "customer_orders": ORDERS,
    "orders": ORDERS,
    "order": shapes.ORDER,
    "recent_order": shapes.MOST_RECENT_ORDER,
}
WHERE_ONE_IS_MISSING = {
    "customer": {"customer_id": "no-such-customer"},
    "customer_orders": {"customer_id": "no-such-customer"},
    "order": {"order_id": "no-such-order"},
    "recent_order": {"customer_id": "no-such-customer"},
}

each_endpoint = pytest.mark.parametrize("endpoint", PATHS)


@each_endpoint
@EVERYTHING_WITH_A_FAMILY
def test_endpoint_keeps_to_the_shape_of_the_reference(api: Api, endpoint: str) -> None:
    body = require_json(api.ask(endpoint, api.fresh_token(ALL_SCOPES)), 200)

    strays = shapes.stray_fields(body, SHAPES[endpoint])
    assert [stray for stray in strays if not stray.endswith("is in no reference")] == []


@each_endpoint
@ALL_THAT_ARE_OURS
def test_endpoint_sends_nothing_that_the_reference_does_not_have(api: Api, endpoint: str) -> None:
    body = require_json(api.ask(endpoint, api.fresh_token(ALL_SCOPES)), 200)

    assert shapes.stray_fields(body, SHAPES[endpoint]) == []


@each_endpoint
@ALL_THAT_ARE_OURS
def test_endpoint_opens_to_each_of_its_scopes_and_to_no_other(api: Api, endpoint: str) -> None:
    statuses = {
        scope: api.ask(endpoint, api.fresh_token(scope)).status_code for scope in (*ALL_SCOPES.split(), ALL_SCOPES)
    }

    opening = {scope for scope, status in statuses.items() if status == 200}
    assert opening == SCOPES[endpoint] | {ALL_SCOPES}
    assert {status for scope, status in statuses.items() if scope not in opening} == {403}


@each_endpoint
@ALL_THAT_ARE_OURS
def test_endpoint_refuses_a_token_of_another_scope_with_an_error(api: Api, endpoint: str) -> None:
    lacking = next(scope for scope in ALL_SCOPES.split() if scope not in SCOPES[endpoint])

    require_error(api.ask(endpoint, api.fresh_token(lacking)), 403)


@each_endpoint
@EVERYTHING_WITH_A_FAMILY
@pytest.mark.parametrize("token", ["", "made-up"])
def test_endpoint_without_a_token_that_was_granted_is_unauthorized(api: Api, endpoint: str, token: str) -> None:
    require_error(api.ask(endpoint, token), 401)


@each_endpoint
@ALL_THAT_ARE_OURS
def test_endpoint_with_a_token_that_has_ended_is_unauthorized(api: Api, endpoint: str) -> None:
    token = api.fresh_token(ALL_SCOPES)
    api.expire_tokens()

    require_error(api.ask(endpoint, token), 401)


@each_endpoint
@ALL_THAT_ARE_OURS
def test_endpoint_by_another_method_is_refused(api: Api, endpoint: str) -> None:
    headers = {"Authorization": f"Bearer {api.fresh_token(ALL_SCOPES)}"}

    response = requests.post(api.url(endpoint), headers=headers, timeout=10)

    require_error(response, 405)


@pytest.mark.parametrize("endpoint", WHERE_ONE_IS_MISSING)
@EVERYTHING_WITH_A_FAMILY
def test_what_is_not_there_is_not_found(api: Api, endpoint: str) -> None:
    require_error(api.ask(endpoint, api.fresh_token(ALL_SCOPES), **WHERE_ONE_IS_MISSING[endpoint]), 404)
