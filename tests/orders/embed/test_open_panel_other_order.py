"""A panel for one order that does not exist: another of the same customer can be tried, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.pages import many, one, soup, text
from tests.support.panels import OWN, embed_token, fed, refused
from tests.support.stub_erc import Reply, StubErc, wire

FORM = "#order-form form"


@pytest.fixture
def missing(client: Client, erc: StubErc) -> Any:
    """The answer to a panel whose order does not exist; others do."""
    items = erc.items
    erc.answers(Reply(404))
    response = fed(client, embed_token(client), **OWN)
    erc.items = items
    return response


def test_order_that_does_not_exist_is_named_and_stands_in_a_field_for_another(missing: Any) -> None:
    html = soup(missing)

    assert (missing.status_code, refused(missing)) == (404, "not_found")
    assert text(html, "[data-asked]") == "Order O-1 · Customer C-1"
    assert one(html, "#order-form")["hx-swap-oob"] == "true"
    assert one(html, f"{FORM} [name=order_id]")["value"] == "O-1"
    assert one(html, f"{FORM} [name=customer_id]")["value"] == "C-1"
    assert one(html, FORM)["hx-get"] == "/embed/orders/"


def test_other_order_of_the_customer_opens_after_one_that_does_not_exist(
    client: Client, erc: StubErc, missing: Any
) -> None:
    response = fed(client, missing["Embed-Token"], customer_id="C-1", order_id="O-2")

    assert response.status_code == 200
    assert erc.asked[-1].path.endswith("/customers/C-1/orders/O-2/items")
    assert list(AccessLogEntry.objects.order_by("id").values_list("order_id", "outcome")) == [
        ("O-1", "not_found"),
        ("O-2", "ok"),
    ]


def test_other_customer_stays_closed_after_an_order_that_does_not_exist(
    client: Client, erc: StubErc, missing: Any
) -> None:
    asked = len(erc.asked)

    orders = fed(client, missing["Embed-Token"], customer_id="C-2", order_id="O-1")
    customer = fed(client, missing["Embed-Token"], "/embed/customers/", customer_id="C-2")

    assert [refused(response) for response in (orders, customer)] == ["session-other-order"] * 2
    assert len(erc.asked) == asked


@pytest.mark.parametrize(
    "reply",
    [Reply(400), Reply(401), Reply(403), Reply(408), Reply(429), Reply(500), Reply(content=b"{}"), wire(b"")],
    ids=["400", "401", "403", "408", "429", "500", "unusable", "no answer"],
)
def test_no_other_failure_opens_other_orders(
    client: Client, erc: StubErc, settings: Settings, reply: Reply
) -> None:
    settings.ERC_DEADLINE_SECONDS = 2
    erc.answers(reply)

    response = fed(client, embed_token(client), **OWN)
    erc.answers(Reply(404))
    other = fed(client, response["Embed-Token"], customer_id="C-1", order_id="O-2")

    assert response.status_code >= 400
    assert not soup(response).select("#order-form")
    assert refused(other) == "session-other-order"


def test_access_that_cannot_be_recorded_opens_no_other_orders(
    client: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    erc.answers(Reply(404))
    embed = embed_token(client)
    monkeypatch.setattr(AccessLogEntry.objects, "create", _fail)

    response = fed(client, embed, **OWN)

    assert response.status_code == 503
    assert not soup(response).select("#order-form")
    assert refused(fed(client, response["Embed-Token"], order_id="O-2")) == "session-other-order"


def test_filtered_list_that_is_not_found_opens_no_other_orders(
    client: Client, erc: StubErc, settings: Settings
) -> None:
    settings.ERC_FILTERS = ["brand"]
    erc.answers(Reply(404))

    response = fed(client, embed_token(client), **OWN, brand="Halden")

    assert response.status_code == 404
    assert not soup(response).select("#order-form")
    assert refused(fed(client, response["Embed-Token"], order_id="O-2")) == "session-other-order"


def test_later_page_that_is_not_found_opens_no_other_orders(client: Client, erc: StubErc) -> None:
    erc.items = many(45)
    first = fed(client, embed_token(client), **OWN)
    erc.answers(Reply(404))

    response = fed(client, first["Embed-Token"], str(one(soup(first), "[data-load-more]")["hx-get"]))

    assert response.status_code == 404
    assert not soup(response).select("#order-form")
    assert refused(fed(client, response["Embed-Token"], order_id="O-2")) == "session-other-order"


def test_order_of_a_list_that_is_not_found_leaves_the_field_of_the_panel(client: Client, erc: StubErc) -> None:
    erc.answers(Reply(404))

    response = fed(client, embed_token(client, order_id=None), **OWN)

    assert response.status_code == 404
    assert not soup(response).select("#order-form")


def test_fresh_launch_limits_the_panel_to_its_order_again(client: Client, erc: StubErc, missing: Any) -> None:
    again = embed_token(client)

    assert refused(fed(client, again, customer_id="C-1", order_id="O-2")) == "session-other-order"


def _fail(*_args: Any, **_kwargs: Any) -> None:
    raise DatabaseError
