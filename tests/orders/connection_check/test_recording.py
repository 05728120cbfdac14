"""What a check leaves: its calls are exchanges like any other, and an order that it asks for is a view."""

from __future__ import annotations

import getpass
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry, ApiExchange
from tests.support.connection_checks import states, steps
from tests.support.family import serve_family
from tests.support.pages import LOOKUP, soup
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc, item, page

PAGE = "/admin/connection/"


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may check the connection."""
    return staff("engineer")


@pytest.fixture
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """An access log that takes no row."""

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)


def test_calls_of_a_check_are_recorded_like_any_other(db: None, erc: StubErc) -> None:
    erc.answers(Reply(403, {"code": "E-1", "message": "no"}))

    steps()

    kept = ApiExchange.objects.order_by("id").values_list("token", "outcome", "code", "correlation_id")
    assert list(kept) == [("", "ok", "", "correlation-1"), ("kept", "NotAllowed", "E-1", "correlation-1")]


def test_calls_that_are_made_at_once_are_recorded_each(transactional_db: None, erc: StubErc) -> None:
    erc.answers_at("orders", Reply(403, {"code": "E-1", "message": "no"}))

    steps()

    kept = ApiExchange.objects.exclude(token="").values_list("route", "outcome", "correlation_id")
    assert len(kept) == 7
    assert ("/erc/ecommerce/orders", "NotAllowed", "correlation-1") in kept


def test_check_needs_no_database_that_works(db: None, erc: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(ApiExchange.objects, "create", fail)

    assert "failed" not in states(steps())


def test_order_of_a_check_is_a_view(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("a"), item("b"))))

    response = engineer.post(PAGE, LOOKUP)

    row = AccessLogEntry.objects.get(kind="items")
    assert (row.surface, row.agent, row.customer_id, row.order_id) == ("check", "a-engineer", "C-1", "O-1")
    assert (row.outcome, row.items, row.source, row.page) == ("ok", 2, "live", 1)
    assert (row.account, row.address) == (User.objects.get(username="a-engineer").pk, "127.0.0.1")
    assert row.correlation_id == response["X-Correlation-ID"]
    assert row.note.startswith("connection check")


def test_customer_of_a_check_is_a_view_of_the_orders(engineer: Client, erc: StubErc) -> None:
    serve_family(erc)

    response = engineer.post(PAGE, LOOKUP)

    row = AccessLogEntry.objects.get(kind="orders")
    assert (row.surface, row.customer_id, row.order_id, row.outcome, row.items) == ("check", "C-1", "", "ok", 1)
    assert row.correlation_id == response["X-Correlation-ID"]
    assert row.note.startswith("connection check")


def test_customer_of_a_check_whose_orders_fail_is_a_view_with_the_outcome(engineer: Client, erc: StubErc) -> None:
    erc.answers_at("customer_orders", Reply(500))

    engineer.post(PAGE, LOOKUP)

    row = AccessLogEntry.objects.get(kind="orders")
    assert (row.outcome, row.items) == ("unavailable", None)


@pytest.mark.parametrize(
    ("reply", "outcome"), [(Reply(404), "not_found"), (Reply(500), "unavailable"), (Reply(403), "not_allowed")]
)
def test_order_of_a_check_that_fails_is_a_view_with_its_outcome(
    engineer: Client, erc: StubErc, reply: Reply, outcome: str
) -> None:
    erc.answers(reply)

    engineer.post(PAGE, LOOKUP)

    (row,) = AccessLogEntry.objects.all()
    assert (row.outcome, row.items) == (outcome, None)


def test_check_without_an_order_is_no_view(engineer: Client, erc: StubErc) -> None:
    engineer.post(PAGE, {"customer_id": "", "order_id": ""})

    assert erc.asked
    assert not AccessLogEntry.objects.exists()


def test_order_that_a_check_did_not_come_to_is_no_view(engineer: Client, erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "invalid_client"})

    engineer.post(PAGE, LOOKUP)

    assert erc.asked == []
    assert not AccessLogEntry.objects.exists()


def test_check_whose_order_cannot_be_recorded_tells_nothing(engineer: Client, erc: StubErc, no_log: None) -> None:
    response = engineer.post(PAGE, LOOKUP)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert not soup(response).select("[data-step]")


def test_check_whose_order_need_not_be_recorded_tells_it(
    engineer: Client, erc: StubErc, no_log: None, settings: Settings
) -> None:
    settings.ACCESS_LOG_REQUIRED = False

    assert soup(engineer.post(PAGE, LOOKUP)).select("[data-step]")


def test_order_of_the_command_is_a_view_of_the_command_line(db: None, erc: StubErc) -> None:
    call_command("erc_check", "C-1", "O-1", stdout=io.StringIO())

    row = AccessLogEntry.objects.get(kind="items")
    assert (row.surface, row.agent) == ("check", f"command line: {getpass.getuser()}")
    assert (row.customer_id, row.order_id, row.address, row.account) == ("C-1", "O-1", None, None)
    assert row.correlation_id


def test_command_of_a_user_without_a_name_says_so(db: None, erc: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", fail)
    call_command("erc_check", "C-1", "O-1", stdout=io.StringIO())

    assert {row.agent for row in AccessLogEntry.objects.all()} == {"command line: unknown"}


def test_command_whose_order_cannot_be_recorded_tells_nothing(db: None, erc: StubErc, no_log: None) -> None:
    out = io.StringIO()

    with pytest.raises(CommandError, match="cannot be recorded"):
        call_command("erc_check", "C-1", "O-1", stdout=out)

    assert out.getvalue() == ""
