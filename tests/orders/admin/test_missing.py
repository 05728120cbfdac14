"""What the overview says of scopes and features that the account lacks."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.query import CustomersQuery, ItemsQuery
from orders.lookup.cached_pages import cached_pages
from tests.support.pages import soup
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc
from tests.support.stub_routes import ACCOUNT_SCOPE, CUSTOMER_SCOPE


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may check the connection."""
    return staff("engineer")


def warnings(client: Client) -> list[str]:
    """What the overview warns of."""
    return [one.get_text() for one in soup(client.get("/admin/")).select(".messagelist .warning")]


def context() -> CallContext:
    return CallContext(Deadline(3), "correlation-1")


def test_overview_of_an_account_with_everything_warns_of_nothing(engineer: Client, erc: StubErc) -> None:
    cached_pages().get(ItemsQuery(customer_id="C-1", order_id="O-1"), context())

    assert warnings(engineer) == []


def test_overview_warns_of_scopes_that_were_not_granted(engineer: Client, erc: StubErc) -> None:
    erc.refuse_scopes(ACCOUNT_SCOPE)
    cached_pages().get(ItemsQuery(customer_id="C-1", order_id="O-1"), context())

    (warning,) = warnings(engineer)

    assert f"{ACCOUNT_SCOPE}, {CUSTOMER_SCOPE}" in warning


def test_overview_warns_of_features_that_are_not_offered(engineer: Client, erc: StubErc) -> None:
    erc.answers_at("customers", Reply(405))
    with pytest.raises(Exception, match="405"):
        cached_pages().get(CustomersQuery(email="a@b.example"), context())

    (warning,) = warnings(engineer)

    assert "Search for customers" in warning


def test_overview_warns_nobody_without_a_tool_for_it(db: None, erc: StubErc) -> None:
    erc.refuse_scopes(ACCOUNT_SCOPE)
    cached_pages().get(ItemsQuery(customer_id="C-1", order_id="O-1"), context())

    assert warnings(staff("supervisor")) == []
