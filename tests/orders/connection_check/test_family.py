"""The steps beside the items: what answers, which scope was granted, what agents lose."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET, OTHER_ITEMS_CLIENT_ID
from ercportal.demo.sandbox.server import SandboxServer
from orders.connection_check import calls
from orders.connection_check.family import FAMILY
from orders.erc.query import Query
from orders.lookup.cached_pages import cached_pages
from tests.support.connection_checks import states, steps
from tests.support.family import order, orders_page, serve_family
from tests.support.stub_erc import Reply, StubErc
from tests.support.stub_routes import ACCOUNT_SCOPE, CUSTOMER_SCOPE, ORDERS_SCOPE

NOT_FOUND = {"code": "E-1", "message": "not found"}
SEARCHES = ("customers", "orders")
WITH_IDS = ("customer", "customer_orders", "order", "recent_order")
LOSSES = {
    "customers": "find a customer by e-mail, phone or name",
    "customer": "name and address",
    "customer_orders": "list of a customer’s orders",
    "orders": "by its number alone",
    "order": "number, total, address and payment",
    "recent_order": "dated history",
}


@pytest.mark.parametrize("ids", [("", ""), ("C-1001", "A-20731")])
def test_account_with_the_whole_family_is_told_so(sandbox: SandboxServer, ids: tuple[str, str]) -> None:
    found = steps(*ids)

    assert list(found)[5:] == list(FAMILY) == list(LOSSES)
    assert states(found) == ["ok"] * 11
    assert all("granted." in found[name].finding for name in FAMILY)


@pytest.mark.parametrize("client_id", [ITEMS_CLIENT_ID, OTHER_ITEMS_CLIENT_ID])
@pytest.mark.parametrize("ids", [("", ""), ("C-1001", "A-20731")])
def test_account_with_the_items_alone_works_and_is_told_what_else_it_could_have(
    sandbox: SandboxServer, settings: Settings, client_id: str, ids: tuple[str, str]
) -> None:
    settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = client_id, ITEMS_CLIENT_SECRET

    found = steps(*ids)

    assert (found["items"].state, found["token"].state) == ("ok", "warning")
    assert f"Not granted: {ACCOUNT_SCOPE}, {CUSTOMER_SCOPE}." in found["token"].finding
    for name in ("customers", "customer", "orders", "order"):
        assert LOSSES[name] in found["token"].advice
        assert found[name].state == "warning"
        assert LOSSES[name] in found[name].advice
        assert "Add the scope" in found[name].advice
        assert "not granted." in found[name].finding
    for name in ("customer_orders", "recent_order"):
        assert found[name].state == "ok"
        assert LOSSES[name] not in found["token"].advice


def test_scope_that_is_not_asked_for_is_told(erc: StubErc, settings: Settings) -> None:
    settings.ERC_SCOPES = [ORDERS_SCOPE, CUSTOMER_SCOPE]

    found = steps()

    assert found["token"].state == "ok"
    assert f"Scope {ACCOUNT_SCOPE}: not granted." in found["orders"].finding
    assert f"Add the scope {ACCOUNT_SCOPE} to the client and to ERC_SCOPES." in found["orders"].advice


def test_endpoint_that_answers_without_its_scope_is_well(erc: StubErc, settings: Settings) -> None:
    settings.ERC_SCOPES = [ORDERS_SCOPE, CUSTOMER_SCOPE]

    found = steps()["customers"]

    assert found.state == "ok"
    assert f"Scope {ACCOUNT_SCOPE}: not granted." in found.finding


@pytest.mark.parametrize(
    ("reply", "finding", "advice"),
    [
        (Reply(401, NOT_FOUND), "does not let this account in", "ask your account team"),
        (Reply(403, NOT_FOUND), "does not let this account in", "ask your account team"),
        (Reply(404, b"<html>"), "does not have this (404)", "ERC_PATHS"),
        (Reply(405, NOT_FOUND), "does not have this (405)", "ERC_PATHS"),
        (Reply(429), "429", "Wait a little"),
        (Reply(500), "has a problem (500)", "ask the provider"),
        (Reply(302, headers={"Location": "/login"}), "not what the API sends", "another server"),
        (Reply(content=b"{"), "not what the API sends", "another server"),
        (Reply(wire=lambda handler: handler.connection.close()), "broke off", "firewall"),
    ],
)
def test_endpoints_that_do_not_work_are_warnings_with_what_agents_lose(
    erc: StubErc, reply: Reply, finding: str, advice: str
) -> None:
    for name in FAMILY:
        erc.answers_at(name, reply)

    found = steps()

    assert states(found) == ["ok"] * 5 + ["warning"] * 6
    for name in FAMILY:
        assert finding in found[name].finding
        assert LOSSES[name] in found[name].advice
        assert advice.lower() in found[name].advice.lower()


@pytest.mark.parametrize("name", FAMILY)
def test_endpoint_that_does_not_work_costs_no_other(erc: StubErc, name: str) -> None:
    erc.answers_at(name, Reply(405))

    found = steps()

    assert [step.name for step in found.values() if step.state != "ok"] == [name]


@pytest.mark.parametrize("status", [400, 404])
def test_made_up_ids_that_the_api_itself_refuses_are_an_answer(erc: StubErc, status: int) -> None:
    for name in WITH_IDS:
        erc.answers_at(name, Reply(status, NOT_FOUND))

    found = steps()

    assert states(found) == ["ok"] * 11
    assert all("knows no made-up ids" in found[name].finding for name in WITH_IDS)


@pytest.mark.parametrize(("status", "words"), [(404, "does not have this"), (400, "did not accept")])
def test_search_that_is_refused_is_a_warning(erc: StubErc, status: int, words: str) -> None:
    for name in SEARCHES:
        erc.answers_at(name, Reply(status, NOT_FOUND))

    found = steps()

    assert [step.name for step in found.values() if step.state == "warning"] == list(SEARCHES)
    assert all(words in found[name].finding for name in SEARCHES)


def test_real_ids_that_an_endpoint_does_not_know_are_a_warning(erc: StubErc) -> None:
    for name in WITH_IDS:
        erc.answers_at(name, Reply(404, NOT_FOUND))

    found = steps("C-1", "O-1")

    assert [step.name for step in found.values() if step.state == "warning"] == list(WITH_IDS)
    for name in WITH_IDS:
        assert "knows nothing under these ids" in found[name].finding
        assert "Check both ids" in found[name].advice


def test_real_ids_are_asked_for_and_searches_stay_made_up(erc: StubErc) -> None:
    serve_family(erc)

    steps("C-1", "O-1")

    asked = {one.endpoint: (one.path, one.query) for one in erc.family_asked}
    assert asked["order"][0].endswith("/customers/C-1/orders/O-1")
    assert asked["customer_orders"] == ("/erc/ecommerce/customers/C-1/orders", {"limit": "1"})
    assert asked["recent_order"][0].endswith("/customers/C-1/most-recent-order")
    assert asked["customers"][1] == {"email": "connection-check@nobody.invalid", "per_page": "1"}
    assert asked["orders"][1] == {"search": "connection-check", "limit": "1"}


def test_parts_that_could_not_be_read_are_a_warning(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("customer_orders", Reply(content=orders_page(order(), {"no": "id"})))
    erc.answers_at("customer", Reply(content={"id": "C-1", "addresses": 7}))

    found = steps("C-1", "O-1")

    assert [step.name for step in found.values() if step.state != "ok"] == ["customer", "customer_orders"]
    assert "1 parts" in found["customer"].advice
    assert "the inspector" in found["customer_orders"].advice


def test_family_is_not_asked_where_the_items_fail(erc: StubErc) -> None:
    erc.answers(Reply(500))

    found = steps()

    assert erc.family_asked == []
    assert [found[name].state for name in FAMILY] == ["skipped"] * 6


def test_endpoints_that_hang_are_asked_at_once_and_only_for_a_while(
    erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.connection_check.check.SECONDS", 0.5)
    for name in FAMILY:
        erc.answers_at(name, Reply(delay=3.0))
    started = time.monotonic()

    found = steps()

    assert time.monotonic() - started < 2.5
    assert [found[name].state for name in FAMILY] == ["warning"] * 6
    assert all("in time" in found[name].finding for name in FAMILY)


def test_endpoint_whose_thread_hangs_is_given_up(erc: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.connection_check.check.SECONDS", 0.2)
    monkeypatch.setattr(calls, "_MARGIN", 0.1)
    get, end = calls.Calls.get, threading.Event()

    def hang(own: calls.Calls, query: Query[Any], seconds: float = calls.SECONDS) -> calls.Called:
        if seconds < calls.SECONDS:
            end.wait()
            return calls.Called()
        return get(own, query, seconds)

    monkeypatch.setattr(calls.Calls, "get", hang)

    found = steps()

    end.set()
    assert [found[name].state for name in FAMILY] == ["warning"] * 6


def test_check_neither_heeds_nor_changes_what_the_portal_remembers(erc: StubErc) -> None:
    erc.answers_at("orders", Reply(403, NOT_FOUND))

    steps()

    assert cached_pages().missing.names() == frozenset()
