"""Each way to see customer data leaves one row, and none shows anything without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry, ApiExchange
from tests.support.launching import AUDIENCE, host
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, LOOKUP, many, one, soup
from tests.support.panels import OWN, embed_token, fed
from tests.support.stub_erc import Reply, StubErc, item, page


def last() -> AccessLogEntry:
    entry = AccessLogEntry.objects.order_by("-id").first()
    assert entry
    return entry


def more_link(response: Any) -> str:
    return str(one(soup(response), "[data-load-more]")["href"])


def stale(browser: Client, erc: StubErc, settings: Settings) -> Any:
    settings.PAGE_CACHE_FRESH_SECONDS = 0
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(500))
    return browser.get("/orders/", LOOKUP)


WAYS: dict[str, Callable[[Client, StubErc, Settings], Any]] = {
    "page": lambda browser, _erc, _settings: browser.get("/orders/", LOOKUP),
    "fragment": lambda browser, _erc, _settings: browser.get("/orders/", LOOKUP, headers=HTMX),
    "load more": lambda browser, _erc, _settings: browser.get(
        more_link(browser.get("/orders/", LOOKUP)), headers=HTMX
    ),
    "next page": lambda browser, _erc, _settings: browser.get(more_link(browser.get("/orders/", LOOKUP))),
    "cached": lambda browser, _erc, _settings: [browser.get("/orders/", LOOKUP) for _ in range(2)][-1],
    "refresh": lambda browser, _erc, _settings: browser.get("/orders/", {**LOOKUP, "refresh": "1"}),
    "sorted": lambda browser, _erc, _settings: browser.get("/orders/", {**LOOKUP, "order_by": "price:asc"}),
    "stale": stale,
    "embed": lambda browser, _erc, _settings: fed(browser, embed_token(browser), **OWN),
}
EARLIER = {"load more": 1, "next page": 1, "cached": 1, "stale": 1}
EXPECTED: dict[str, dict[str, object]] = {
    "load more": {"page": 2},
    "next page": {"page": 2},
    "cached": {"source": "cached"},
    "stale": {"source": "stale"},
    "embed": {"surface": "embed", "agent": "agent-7", "host": "desk"},
}


@pytest.fixture(autouse=True)
def _desk(settings: Settings) -> None:
    settings.EMBED_HOSTS, settings.EMBED_AUDIENCE = [host()], AUDIENCE


@pytest.mark.parametrize("way", WAYS)
def test_each_view_leaves_exactly_one_row(browser: Client, erc: StubErc, settings: Settings, way: str) -> None:
    erc.items = many(45)

    response = WAYS[way](browser, erc, settings)

    entry = last()
    assert response.status_code == 200
    assert AccessLogEntry.objects.count() == 1 + EARLIER.get(way, 0)
    usual = {"surface": "portal", "agent": "agent", "host": "", "page": 1, "source": "live", "outcome": "ok"}
    expected = {**usual, "items": 20, **EXPECTED.get(way, {})}
    assert {name: getattr(entry, name) for name in expected} == expected
    assert (entry.customer_id, entry.order_id, entry.address) == ("C-1", "O-1", "127.0.0.1")
    assert entry.correlation_id == response["X-Correlation-ID"]


@pytest.mark.parametrize("way", WAYS)
def test_without_a_row_nothing_is_shown(
    browser: Client, erc: StubErc, settings: Settings, monkeypatch: pytest.MonkeyPatch, log: Lines, way: str
) -> None:
    erc.items = many(45)
    rows = EARLIER.get(way, 0)
    create = AccessLogEntry.objects.create

    def fail_in_the_end(**fields: Any) -> AccessLogEntry:
        if AccessLogEntry.objects.count() == rows:
            raise DatabaseError("C-1 O-1 planted")
        return create(**fields)

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail_in_the_end)
    response = WAYS[way](browser, erc, settings)

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Thing i" not in response.content.decode()
    assert AccessLogEntry.objects.count() == rows
    assert log.entries("a view could not be recorded (DatabaseError)")
    assert not [line for line in log.lines if "planted" in line]
    (entry,) = log.entries("a view could not be recorded (DatabaseError)")
    assert entry["correlation_id"] == response["X-Correlation-ID"]
    assert (entry["surface"], entry["level"]) == ("embed" if way == "embed" else "portal", "ERROR")


def test_missing_row_can_be_allowed(
    browser: Client, erc: StubErc, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_fields: Any) -> None:
        raise DatabaseError

    settings.ACCESS_LOG_REQUIRED = False
    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)

    assert browser.get("/orders/", LOOKUP).status_code == 200


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(400), "bad_request"),
        (Reply(403), "not_allowed"),
        (Reply(404), "not_found"),
        (Reply(429), "rate_limited"),
        (Reply(500), "unavailable"),
        (Reply(content=b"<html>"), "invalid_response"),
    ],
)
def test_failed_view_is_recorded_with_its_outcome(
    browser: Client, erc: StubErc, reply: Reply, outcome: str
) -> None:
    erc.answers(reply)

    browser.get("/orders/", LOOKUP)

    entry = last()
    assert (entry.outcome, entry.items, entry.source) == (outcome, None, "")


@pytest.mark.parametrize("asked", [{}, {"customer_id": "C-1"}, {**LOOKUP, "limit": "x"}])
def test_look_up_that_asks_nothing_leaves_no_row(browser: Client, erc: StubErc, asked: dict[str, str]) -> None:
    browser.get("/orders/", asked)

    assert not AccessLogEntry.objects.exists()


def test_refused_panel_leaves_no_row(browser: Client, erc: StubErc) -> None:
    fed(browser, embed_token(browser), customer_id="C-2")

    assert not AccessLogEntry.objects.exists()


# --- Exchanges ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("items_alone")
def test_exchange_is_recorded_with_its_attempts(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(503), Reply(content=page(item())))

    response = browser.get("/orders/", LOOKUP)

    token, items = ApiExchange.objects.order_by("id")
    assert (token.route, token.outcome, token.token) == ("/oauth/token", "ok", "")
    assert (items.status, items.outcome, items.token, items.body) == (200, "ok", "fetched", "")
    assert [(one["number"], one["status"]) for one in items.attempts] == [(1, 503), (2, 200)]
    assert items.size > 50
    assert items.correlation_id == token.correlation_id == response["X-Correlation-ID"] == last().correlation_id
    assert "C-1" not in items.route


@pytest.mark.usefixtures("items_alone")
def test_exchange_with_a_cached_token_says_so(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)
    browser.get("/orders/", {**LOOKUP, "order_id": "O-2"})

    assert [one.token for one in ApiExchange.objects.order_by("id")] == ["", "fetched", "kept"]


@pytest.mark.usefixtures("items_alone")
def test_successes_are_sampled_and_failures_always_recorded(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    settings.API_EXCHANGE_SAMPLE = 0
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(404, {"code": "E-7", "message": "no such order"}))

    browser.get("/orders/", {**LOOKUP, "order_id": "O-2"})

    (kept,) = ApiExchange.objects.all()
    assert (kept.status, kept.outcome, kept.code, kept.message) == (404, "NotFound", "E-7", "no such order")
    assert "no such order" in kept.body


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (Reply(content=b'{"_embedded": {"items": [{"id": '), '{"_embedded": {"items": [{"id": '),
        (Reply(502, b"<html>bad gateway</html>"), "<html>bad gateway</html>"),
        (Reply(content=b"x", headers={"Content-Length": "100", "Connection": "close"}), "x"),
        (Reply(404, b"a\x00b\xff"), "a\ufffdb\ufffd"),
        (Reply(404, b"x" * 100_000), "x" * 20_000 + "…"),
    ],
    ids=["cut-short JSON", "HTML", "cut-short body", "not text", "long"],
)
def test_failure_keeps_the_body_as_it_came(browser: Client, erc: StubErc, reply: Reply, body: str) -> None:
    erc.answers(reply)

    browser.get("/orders/", LOOKUP)

    kept = ApiExchange.objects.exclude(outcome="ok").get()
    assert kept.body == body


def test_exchange_that_cannot_be_recorded_does_not_cost_the_response(
    browser: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(ApiExchange.objects, "create", fail)

    assert browser.get("/orders/", LOOKUP).status_code == 200


# --- Roles ----------------------------------------------------------------------------------------------------


def test_new_account_is_an_agents(db: None) -> None:
    user = User.objects.create_user("new")

    assert user.has_perm("orders.look_up")
    assert not user.has_perm("orders.view_accesslogentry")


def test_account_taken_out_of_the_group_cannot_look_up(browser: Client, agent: User, erc: StubErc) -> None:
    agent.groups.clear()

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 403
    assert erc.asked == []
    assert not AccessLogEntry.objects.exists()


def test_groups_have_their_permissions(db: None) -> None:
    found = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }

    assert found == {
        "agent": {"look_up"},
        "supervisor": {"view_accesslogentry", "export_accesslogentry"},
        "engineer": {"view_apiexchange", "use_inspector", "check_connection", "view_embedhost"},
    }
