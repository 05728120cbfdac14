"""The message for the customer in the panel: only for the order that the embed token is bound to."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.embed.errors import LaunchCode
from tests.support.pages import one, soup
from tests.support.panels import OWN, embed_token, fed, refused
from tests.support.stub_erc import Reply, StubErc, item, page

PATH = "/embed/message/"


def test_message_comes_in_the_asked_language_and_not_in_that_of_the_panel(client: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("a", name="Lamp"))))

    response = fed(client, embed_token(client, locale="de"), PATH, **OWN, language="fr")

    assert "Lamp\u00a0: pas encore d’envoi." in one(soup(response), "[data-message]").get_text()
    assert response["Embed-Token"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("claim", "language"), [("pt_BR", "pt-br"), ("fr-CA", "fr"), ("xx", "de"), ("", "de"), ("<script>", "de")]
)
def test_launch_says_the_customers_language(client: Client, erc: StubErc, claim: str, language: str) -> None:
    erc.answers(Reply(content=page(item("a"))))

    html = soup(fed(client, embed_token(client, locale="de", customer_locale=claim), **OWN))

    form = one(html, "form#message")
    assert form["action"] == PATH
    assert one(form, "option[selected]")["value"] == language


@pytest.mark.parametrize(
    "asked", [{"customer_id": "C-2", "order_id": "O-1"}, {"customer_id": "C-1", "order_id": "O-2"}]
)
def test_message_about_anything_else_is_refused_before_it_is_asked_for(
    client: Client, erc: StubErc, asked: dict[str, str]
) -> None:
    response = fed(client, embed_token(client), PATH, **asked)

    assert refused(response) == LaunchCode.SESSION_SUBJECT.value
    assert erc.asked == []


def test_message_without_an_embed_token_is_refused(client: Client, erc: StubErc) -> None:
    assert fed(client, "", PATH, **OWN).status_code == 401
    assert erc.asked == []
