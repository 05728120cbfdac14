"""The searches of a panel: what is recorded of them, their limit, and what is shown where they fail."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessKind, AccessLogEntry
from tests.support.family import serve_family
from tests.support.log_lines import Lines
from tests.support.pages import one, soup, text
from tests.support.panels import fed, refused
from tests.support.searching_panels import FOUND, link_of, posted, searched, waiting
from tests.support.stub_erc import Reply, StubErc

SAID = ("ines@mail.example", "ines%40mail", "910000001", "N001")


@pytest.fixture(autouse=True)
def _family(erc: StubErc) -> None:
    serve_family(erc)


def test_search_of_a_panel_is_recorded_with_its_agent_and_says_nothing_of_what_was_said(
    client: Client, erc: StubErc, log: Lines
) -> None:
    responses = [searched(client, email="ines@mail.example"), searched(client, phone="+351910000001")]
    responses.append(searched(client, order_number="N001"))

    rows = AccessLogEntry.objects.order_by("pk")
    assert [(row.kind, row.surface, row.agent, row.host, row.outcome, row.items) for row in rows] == [
        (AccessKind.SEARCH_EMAIL, "embed", "agent-7", "desk", "ok", 1),
        (AccessKind.SEARCH_PHONE, "embed", "agent-7", "desk", "ok", 2),
        (AccessKind.SEARCH_NUMBER, "embed", "agent-7", "desk", "ok", 1),
    ]
    assert not [line for line in log.lines for said in SAID if said in line]
    for response in responses:
        assert not [said for said in SAID if said in str(response.headers)]
    for response in (responses[0], responses[2]):
        assert not [said for said in SAID if said in response.content.decode()]


def test_searches_over_the_limit_ask_nothing(client: Client, erc: StubErc, settings: Settings) -> None:
    settings.SEARCH_LIMIT = 1
    searched(client, email="ines@mail.example")
    embed = waiting(client, email="iris@mail.example")
    asked = len(erc.everything_asked)

    response = fed(client, embed, FOUND)

    assert (response.status_code, refused(response)) == (429, "rate_limited")
    assert response["Retry-After"]
    assert not soup(response).select("[data-find]")
    assert len(erc.everything_asked) == asked
    other = fed(client, waiting(client, sub="agent-8", email="iris@mail.example"), FOUND)
    assert one(soup(other), "#panel")["data-customer-id"] == "C-2"


@pytest.mark.parametrize(
    ("reply", "status", "kind"), [(Reply(500), 503, "unavailable"), (Reply(429), 429, "rate_limited")]
)
def test_search_that_fails_can_be_tried_again_and_gives_no_box(
    client: Client, erc: StubErc, reply: Reply, status: int, kind: str
) -> None:
    erc.answers_at("customers", reply)

    response = searched(client, email="ines@mail.example")

    assert (response.status_code, refused(response)) == (status, kind)
    assert one(soup(response), "[role=alert] a")["hx-get"] == FOUND
    assert not soup(response).select("[data-find]")
    embed = response["Embed-Token"]
    assert posted(client, embed, "ines@mail.example").status_code == 403


def test_account_that_finds_nobody_offers_the_box_for_ids(client: Client, erc: StubErc) -> None:
    erc.answers_at("customers", Reply(403))

    response = searched(client, email="ines@mail.example")

    assert refused(response) == "not_allowed"
    assert "finds orders by ID only" in text(soup(response), "[role=alert]")
    found = posted(client, response["Embed-Token"], "C-1 O-1")
    assert link_of(found) == ("/embed/orders/", {"customer_id": "C-1", "order_id": "O-1"})
