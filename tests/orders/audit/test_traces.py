"""What can be traced afterwards, and what must never be found in a log."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.log_lines import Lines
from tests.support.stub_erc import Reply, StubErc, item, page

LOOKUP = {"customer_id": "C-planted", "order_id": "O-planted"}


@pytest.mark.usefixtures("items_alone")
def test_each_upstream_attempt_leaves_one_line(browser: Client, erc: StubErc, log: Lines) -> None:
    erc.answers(Reply(503), Reply(content=page(item())))

    response = browser.get("/orders/", LOOKUP)

    attempts = log.entries("upstream attempt")
    told = [(entry["method"], entry["route"], entry["status"], entry["attempt"]) for entry in attempts]
    route = "/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items"
    assert told == [("POST", "/oauth/token", 200, 1), ("GET", route, 503, 1), ("GET", route, 200, 2)]
    assert {entry["correlation_id"] for entry in attempts} == {response["X-Correlation-ID"]}
    assert all(isinstance(entry["duration_ms"], float) for entry in attempts)


def test_each_request_leaves_one_line_with_its_route(browser: Client, erc: StubErc, log: Lines) -> None:
    response = browser.get("/orders/", LOOKUP)

    (entry,) = log.entries("request")
    assert (entry["method"], entry["route"], entry["status"]) == ("GET", "/orders/", 200)
    assert entry["correlation_id"] == response["X-Correlation-ID"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(content=page(item("i-planted"))),
        Reply(400, {"code": "x", "message": "body-planted"}),
        Reply(404, {"code": "x", "message": "body-planted"}),
        Reply(429, headers={"Retry-After": "9999"}),
        Reply(500, b"body-planted"),
        Reply(content=b"body-planted"),
        Reply(content={"_embedded": {"items": [{"id": "body-planted", "body-planted": 1}]}}),
        Reply(wire=lambda handler: handler.connection.close()),
    ],
    ids=["fine", "400", "404", "429", "500", "not JSON", "malformed", "closed"],
)
def test_no_id_secret_or_body_reaches_a_log(
    browser: Client, erc: StubErc, settings: Settings, log: Lines, reply: Reply
) -> None:
    settings.ERC_CLIENT_SECRET = "secret-planted"
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token="token-planted"))
    erc.answers(reply)

    browser.get("/orders/", LOOKUP)

    assert log.lines
    assert not [line for line in log.lines if "planted" in line]


@pytest.mark.parametrize(
    ("header", "given", "is_taken"),
    [
        ("X-Request-ID", "abc-123.DEF_456", True),
        ("X-Request-ID", "short", False),
        ("X-Request-ID", "x" * 200, False),
        ("X-Request-ID", "with spaces and <b>", False),
        ("", "abc-123.DEF_456", False),
    ],
)
def test_correlation_id_is_taken_from_the_trusted_header_only(
    browser: Client, erc: StubErc, settings: Settings, header: str, given: str, is_taken: bool
) -> None:
    settings.CORRELATION_ID_HEADER = header

    response = browser.get("/orders/", LOOKUP, headers={"X-Request-ID": given})

    assert (response["X-Correlation-ID"] == given) is is_taken
    assert erc.asked[0].headers["X-Correlation-ID"] == response["X-Correlation-ID"]


def test_correlation_ids_of_two_requests_differ(browser: Client, erc: StubErc) -> None:
    ids = {browser.get("/orders/", LOOKUP)["X-Correlation-ID"] for _ in range(2)}

    assert len(ids) == 2
