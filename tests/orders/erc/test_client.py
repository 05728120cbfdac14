from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest

from orders.erc import connect
from orders.erc.client import ErcClient
from orders.erc.errors import (
    BadRequest,
    ErcError,
    FieldProblem,
    InvalidResponse,
    NotAllowed,
    NotFound,
    RateLimited,
    TimedOut,
    Unavailable,
)
from orders.erc.paths import EndpointName
from orders.erc.schema import StatusInfo
from tests.support.erc_calls import ask, make_config
from tests.support.stores import DictCache
from tests.support.stub_erc import Reply, StubErc, item, page

Build = Callable[[StubErc], ErcClient]


@pytest.mark.parametrize(
    "identifier", ["a/b#c?d%é", "A-1", "kunde/ä 7", "a+b&c=d", "100%", "日本", "a;b:c@d", "a..b", "...", "a%2Fb"]
)
def test_ids_reach_the_api_as_one_segment_each(erc: StubErc, client_of: Build, identifier: str) -> None:
    ask(client_of(erc), customer_id=identifier, order_id=identifier)

    segments = erc.asked[0].path.split("/")
    assert segments[:4] == ["", "erc", "ecommerce", "customers"]
    assert unquote(segments[4]) == unquote(segments[6]) == identifier
    assert segments[5::2] == ["orders", "items"]
    assert erc.asked[0].query == {}


@pytest.mark.parametrize("identifier", ["..", "../C-2", "%2e%2e%2fC-2", "", "a\nb", "\ud800"])
@pytest.mark.parametrize("name", ["customer_id", "order_id"])
def test_id_that_would_leave_its_segment_is_not_sent(
    erc: StubErc, client_of: Build, name: str, identifier: str
) -> None:
    with pytest.raises(BadRequest, match="not asked") as caught:
        ask(client_of(erc), **{name: identifier})

    assert caught.value.correlation_id == "correlation-1"
    assert erc.asked == erc.token_asked == []


def test_request_carries_token_accept_and_correlation_id(erc: StubErc, client_of: Build) -> None:
    ask(client_of(erc))

    headers = erc.asked[0].headers
    assert headers["Authorization"] == "Bearer token-1"
    assert headers["Accept"] == "application/json"
    assert headers["X-Correlation-ID"] == "correlation-1"
    assert "Cookie" not in headers


def test_every_parameter_is_sent_as_documented(erc: StubErc, client_of: Build) -> None:
    parameters = {
        "limit": 7,
        "order_by": "price:desc",
        "cursor": "a+b/c==&x=1",
        "brand": "Ä & Co",
        "carrier": "DHL",
        "delivery_type": "HOME",
        "delivery_date_start": "2026-01-01",
        "delivery_date_end": "2026-01-31",
        "shipping_date": "2026-01-02",
        "description": "blue",
    }

    ask(client_of(erc), **parameters)

    assert erc.asked[0].query == {name: str(value) for name, value in parameters.items()}


def test_next_cursor_comes_back_unchanged(erc: StubErc, client_of: Build) -> None:
    erc.answers(Reply(content=page(item(), next_cursor="a%2Bb%3D%3D")))
    client = client_of(erc)

    cursor = ask(client).next_cursor
    ask(client, cursor=cursor)

    assert erc.asked[1].query["cursor"] == "a+b=="


ERROR = {
    "code": "4711",
    "message": "No",
    "description": "really",
    "fields": [{"name": "limit", "description": "low"}],
}


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        (Reply(400, ERROR), BadRequest, "4711"),
        (Reply(403, ERROR), NotAllowed, "4711"),
        (Reply(404, ERROR), NotFound, "4711"),
        (Reply(404, b"<html>nothing here</html>"), NotFound, ""),
        (Reply(405, ERROR), InvalidResponse, "4711"),
        (Reply(409, b""), InvalidResponse, ""),
        (Reply(429, b"", {"Retry-After": "12"}), RateLimited, ""),
        (Reply(500, b"Traceback: secret"), Unavailable, ""),
        (Reply(502, b"<html>"), Unavailable, ""),
        (Reply(504, b""), TimedOut, ""),
        (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), InvalidResponse, ""),
        (Reply(204, b""), InvalidResponse, ""),
        (Reply(200, b"<html>"), InvalidResponse, ""),
        (Reply(400, {"code": 5, "message": None}), BadRequest, ""),
    ],
)
def test_status_becomes_the_error_that_fits(
    erc: StubErc, client_of: Build, reply: Reply, kind: type[ErcError], code: str
) -> None:
    erc.answers(reply)

    with pytest.raises(ErcError) as caught:
        ask(client_of(erc))

    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.correlation_id) == (reply.status, code, "correlation-1")


def test_bad_request_names_the_fields(erc: StubErc, client_of: Build) -> None:
    erc.answers(Reply(400, ERROR))

    with pytest.raises(BadRequest) as caught:
        ask(client_of(erc))

    assert caught.value.fields == (FieldProblem("limit", "low"),)
    assert caught.value.upstream_message == "No really"


def test_rate_limit_says_when_to_come_back(erc: StubErc, client_of: Build) -> None:
    erc.answers(Reply(429, b"", {"Retry-After": "12"}))

    with pytest.raises(RateLimited) as caught:
        ask(client_of(erc))

    assert caught.value.retry_after == 12


def test_refused_token_is_replaced_once(erc: StubErc, client_of: Build) -> None:
    erc.answers(Reply(401, ERROR), Reply(content=page(item("a"))))

    found = ask(client_of(erc))

    assert [entry.id for entry in found.items] == ["a"]
    assert [asked.headers["Authorization"] for asked in erc.asked] == ["Bearer token-1", "Bearer token-2"]


def test_token_that_is_always_refused_ends_after_two_requests(erc: StubErc, client_of: Build) -> None:
    erc.answers(Reply(401, ERROR))

    with pytest.raises(NotAllowed):
        ask(client_of(erc))

    assert len(erc.asked) == 2


def test_token_is_used_again_for_the_next_page(erc: StubErc, client_of: Build) -> None:
    client = client_of(erc)

    ask(client)
    ask(client, cursor="c")

    assert len(erc.token_asked) == 1


def test_items_path_template_serves_the_providers_side(erc: StubErc, token_cache: DictCache) -> None:
    items_path = "/erc/ecommerce/connections/customers/{customer_id}/orders/{order_id}/items"
    config = make_config(erc.base_url + "/", paths={EndpointName.ITEMS: items_path})
    client = connect(config, store=token_cache, observe=lambda _exchange: None)

    ask(client, customer_id="{order_id}", order_id="x")

    assert erc.asked[0].path == "/erc/ecommerce/connections/customers/%7Border_id%7D/orders/x/items"


def test_providers_side_without_a_next_link_or_known_statuses_is_a_whole_list(
    erc: StubErc, client_of: Build
) -> None:
    deliveries = [{"latest_status_info": {"type": "handed to a drone"}}]
    erc.answers(Reply(content={"_embedded": {"items": [item("a", deliveries=deliveries)]}}))

    page_read = ask(client_of(erc))

    info = (page_read.items[0].deliveries or ())[0].latest_status_info
    assert info == StatusInfo("handed to a drone")
    assert (page_read.next_cursor, page_read.next_is_unusable, page_read.defaulted) == (None, False, ())
