"""The panel of a desktop whose own system tells the customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from orders.models import AccessLogEntry, Proof
from tests.support.family import serve_family
from tests.support.genesys import (
    CONVERSATION,
    SECRET,
    conversation,
    customer,
    entry,
    genesys_desktop,
    panel_token,
    region,
    told,
)
from tests.support.log_lines import Lines
from tests.support.pages import one, soup, text
from tests.support.panels import fed, refused
from tests.support.searching_panels import posted
from tests.support.stub_erc import Reply, StubErc, token_error


@pytest.fixture
def stub(settings: Settings) -> Iterator[StubErc]:
    """The region of the desktop that the portal knows."""
    with region() as opened:
        settings.DEBUG = True
        settings.EMBED_HOSTS = [entry(opened)]
        registry.cache_clear()
        yield opened


@pytest.fixture
def embed(client: Client, agent: User, stub: StubErc) -> str:
    """The embed token of an agent who has signed in."""
    agent.user_permissions.add(Permission.objects.get(codename="look_up"))
    return panel_token(client, agent, genesys_desktop(stub))


def following(response: Any) -> tuple[str, str]:
    """The first request of the panel that came, and its token."""
    panel = soup(response)
    return str(one(panel, "#results")["hx-get"]), str(response["Embed-Token"])


def test_conversations_customer_is_shown_as_verified(
    client: Client, embed: str, stub: StubErc, erc: StubErc
) -> None:
    response = told(client, embed, conversation_id=CONVERSATION)

    assert one(soup(response), "#panel")["data-customer-id"] == "C-1"
    assert not soup(response).select("[data-notice]")
    fed(client, response["Embed-Token"], "/embed/orders/", customer_id="C-1", order_id="O-1")
    assert {row.proof for row in AccessLogEntry.objects.all()} == {Proof.VERIFIED}


def test_customer_whom_the_agent_has_searched_is_not_logged_as_verified(
    client: Client, embed: str, stub: StubErc, erc: StubErc
) -> None:
    serve_family(erc)
    stub.answers(Reply(404))
    _, token = following(told(client, embed, conversation_id=CONVERSATION))

    found = posted(client, token, "ines@mail.example")
    fed(client, found["Embed-Token"], "/embed/customers/", customer_id="C-1")

    assert AccessLogEntry.objects.filter(customer_id="C-1").exists()
    assert {row.proof for row in AccessLogEntry.objects.all()} == {Proof.TOLD}


def test_order_of_the_conversation_is_opened(client: Client, embed: str, stub: StubErc) -> None:
    attributes = {"customerId": "C-1", "orderId": "O-7"}
    stub.answers(Reply(content=conversation(customer(attributes=attributes))))

    address, _ = following(told(client, embed, conversation_id=CONVERSATION))

    assert address == "/embed/orders/?customer_id=C-1&order_id=O-7"


def test_telephone_number_alone_is_searched_for(client: Client, embed: str, stub: StubErc) -> None:
    stub.answers(Reply(content=conversation(customer(attributes=None))))

    response = told(client, embed, conversation_id=CONVERSATION)

    assert following(response)[0] == "/embed/found/"
    assert not soup(response).select("[data-notice]")
    assert "23125001" not in response.content.decode()


@pytest.mark.parametrize("name", ["customer_id", "order_id", "order_number", "email", "phone"])
def test_customer_whom_the_browser_tells_is_refused(client: Client, embed: str, stub: StubErc, name: str) -> None:
    response = told(client, embed, conversation_id=CONVERSATION, **{name: "C-2"})

    assert response.status_code == 403
    assert refused(response) == "context-verified-only"
    assert stub.everything_asked == []


def test_conversation_is_not_read_without_the_agents_sign_in(client: Client, embed: str, stub: StubErc) -> None:
    Session.objects.all().delete()

    response = told(client, embed, conversation_id=CONVERSATION)

    assert refused(response) == "session-signed-out"
    assert stub.everything_asked == []


def test_conversation_is_not_read_without_a_token(client: Client, stub: StubErc) -> None:
    assert refused(told(client, "", conversation_id=CONVERSATION)) == "session-missing"
    assert stub.everything_asked == []


def test_conversation_is_not_read_for_an_agent_whose_rights_are_gone(
    client: Client, embed: str, agent: User, stub: StubErc
) -> None:
    agent.user_permissions.clear()
    agent.groups.clear()

    assert refused(told(client, embed, conversation_id=CONVERSATION)) == "agent-off"
    assert stub.everything_asked == []


@pytest.mark.parametrize(
    ("status", "code", "title", "can_try_again"),
    [
        (404, "conversation-unknown", "This conversation is not known", False),
        (403, "conversation-not-allowed", "The portal may not read this conversation", False),
        (429, "conversation-busy", "Too many conversations were opened at once", True),
        (503, "conversation-unreachable", "The conversation could not be read in time", True),
        (302, "conversation-unreadable", "The conversation could not be read", False),
    ],
)
def test_failure_is_told_in_plain_words_and_the_agent_may_search(
    client: Client,
    embed: str,
    stub: StubErc,
    erc: StubErc,
    status: int,
    code: str,
    title: str,
    can_try_again: bool,
) -> None:
    stub.answers(Reply(status))

    response = told(client, embed, conversation_id=CONVERSATION)

    panel = soup(response)
    assert response.status_code == 200
    assert one(panel, "[data-notice]")["data-notice"] == code
    assert text(panel, "[data-notice] h2") == title
    assert code in text(panel, "[data-notice]")
    assert response["X-Correlation-ID"] in text(panel, "[data-notice]")
    assert bool(panel.select("[data-notice] [data-again]")) is can_try_again
    address, token = following(response)
    assert soup(fed(client, token, address)).select("form[data-find] input[name=q]")


@pytest.mark.parametrize(
    ("text_of_the_address", "code"),
    [
        ("", "conversation-unfilled"),
        ("{{gcConversationId}}", "conversation-unfilled"),
        ("7", "conversation-malformed"),
    ],
)
def test_address_without_a_conversation_is_told_to_the_agent(
    client: Client, embed: str, stub: StubErc, text_of_the_address: str, code: str
) -> None:
    response = told(client, embed, conversation_id=text_of_the_address)

    assert one(soup(response), "[data-notice]")["data-notice"] == code
    assert following(response)[0] == "/embed/found/"


def test_failure_is_logged_for_the_administrator(client: Client, embed: str, stub: StubErc, log: Lines) -> None:
    stub.token = lambda _: token_error(400, "invalid_client")

    response = told(client, embed, conversation_id=CONVERSATION)

    (line,) = log.entries("conversation not read")
    assert (line["level"], line["code"], line["issuer"]) == ("WARNING", "conversation-not-allowed", "genesys")
    assert line["reason"] == "the response to the request for the token has 400"
    assert line["correlation_id"] == response["X-Correlation-ID"]


@pytest.mark.parametrize("status", [200, 401, 404, 500])
def test_secret_token_conversation_and_customer_stand_in_no_log_and_no_page(
    client: Client, embed: str, stub: StubErc, log: Lines, status: int
) -> None:
    planted = {"customerId": "C-1", "planted-name": "planted-attribute"}
    said = conversation(customer(attributes=planted, address="tel:+4930planted"))
    stub.token = lambda _: Reply(content=stub.token_answer(access_token="planted-token"))
    stub.answers(Reply(status, said if status == 200 else {"message": "planted-words", **said}))

    response = told(client, embed, conversation_id=CONVERSATION)

    everything = "".join(log.lines) + response.content.decode() + repr(response.headers)
    assert len(stub.asked) == 1
    for secret in ("planted", SECRET, CONVERSATION):
        assert secret not in everything
    # The customer stands in the page for whom they are, and nowhere else.
    assert "C-1" not in "".join(log.lines)


def test_page_to_sign_in_has_the_language_that_the_desktop_names(client: Client, stub: StubErc) -> None:
    headers = {"Sec-Fetch-Dest": "iframe", "Accept-Language": "fr"}

    german = client.get("/embed/genesys/", {"gcLangTag": "de-de"}, headers=headers)
    unfilled = client.get("/embed/genesys/", {"gcLangTag": "{{gcLangTag}}"}, headers=headers)
    unknown = client.get("/embed/genesys/", {"gcLangTag": "xx"}, headers=headers)

    assert [str(one(soup(page), "html")["lang"]) for page in (german, unfilled, unknown)] == ["de", "fr", "fr"]
