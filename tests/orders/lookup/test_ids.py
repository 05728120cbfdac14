"""Ids that would leave their place in the API's path, at every door, before a gateway that decodes first."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from orders.models import Pin
from tests.support.launching import AUDIENCE, host, token
from tests.support.log_lines import Lines
from tests.support.pages import ids, soup, text
from tests.support.panels import embed_token, fed, launched
from tests.support.staff import staff
from tests.support.stub_erc import Asked, Reply, StubErc, item, page

CLIMBING = ["../../C-2/orders/O-2", "..\\..\\C-2", "%2e%2e%2f%2e%2e%2fC-2%2forders%2fO-2", "O-1/.."]
WORDS_OF_PAGES = "which isn’t allowed"
WORDS = "which no id can have"

Ask = Callable[[Client, str], Any]


@pytest.fixture
def careless(erc: StubErc) -> StubErc:
    """An API behind a gateway that decodes an address and tidies it before it routes."""

    def items(asked: Asked) -> Reply:
        path = posixpath.normpath(unquote(asked.path).replace("\\", "/"))
        return Reply(content=page(item(path.removeprefix("/erc/ecommerce/customers/"))))

    erc.items = items
    return erc


@pytest.fixture
def panel(settings: Settings, db: None) -> None:
    settings.EMBED_HOSTS = [host()]
    settings.EMBED_HOSTS_FILE = ""
    settings.EMBED_AUDIENCE = AUDIENCE
    registry.cache_clear()


def form(browser: Client, order_id: str) -> Any:
    return browser.get("/orders/", {"customer_id": "C-1", "order_id": order_id})


def pasted(browser: Client, order_id: str) -> Any:
    return browser.post("/find/", {"q": f"Customer: C-1\nOrder: {order_id}"}, follow=True)


def pinned(browser: Client, order_id: str) -> Any:
    return browser.post("/orders/pin/", {"customer": "C-1", "order": order_id})


def in_panel(browser: Client, order_id: str) -> Any:
    return fed(browser, embed_token(browser, customer_id="C-1", order_id=None), order_id=order_id)


def inspected(_browser: Client, order_id: str) -> Any:
    return staff("engineer").get("/admin/inspector/", {"customer_id": "C-1", "order_id": order_id})


@pytest.mark.usefixtures("panel")
@pytest.mark.parametrize("order_id", CLIMBING)
@pytest.mark.parametrize("ask", [form, pasted, pinned, in_panel, inspected])
def test_climbing_id_is_refused_in_plain_words_before_anything_is_asked(
    browser: Client, careless: StubErc, ask: Ask, order_id: str
) -> None:
    response = ask(browser, order_id)

    assert response.status_code == 400
    assert WORDS_OF_PAGES in text(soup(response), '[role=alert][data-error="bad_request"]')
    assert careless.asked == careless.token_asked == []
    assert not Pin.objects.exists()


@pytest.mark.parametrize("customer_id", CLIMBING)
def test_climbing_customer_id_is_refused_as_well(browser: Client, careless: StubErc, customer_id: str) -> None:
    response = browser.get("/orders/", {"customer_id": customer_id, "order_id": "O-1"})

    assert response.status_code == 400
    assert careless.asked == []


@pytest.mark.usefixtures("panel")
@pytest.mark.parametrize("name", ["customer_id", "order_id"])
@pytest.mark.parametrize("value", CLIMBING)
def test_launch_for_a_climbing_id_is_refused_and_the_log_says_why(
    client: Client, log: Lines, name: str, value: str
) -> None:
    response = launched(client, token(**{name: value}))

    assert response.status_code == 400
    assert f"{name} has a part that is . or .., {WORDS}" in str(log.lines)


@pytest.mark.parametrize("ids", [("C-1", "O-1/.."), ("..\\x", "O-1"), ("C-1", "%2e%2e%2fO")])
def test_command_says_what_is_wrong_with_a_climbing_id(ids: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=WORDS):
        call_command("erc_check", *ids)


@pytest.mark.parametrize("order_id", CLIMBING)
def test_connection_page_says_what_is_wrong_with_a_climbing_id(db: None, erc: StubErc, order_id: str) -> None:
    asked = {"customer_id": "C-1", "order_id": order_id}

    response = staff("engineer").post("/admin/connection/", asked)

    assert response.status_code == 400
    assert WORDS in response.content.decode()
    assert erc.asked == erc.token_asked == []


@pytest.mark.usefixtures("panel")
@pytest.mark.parametrize("order_id", ["a/b#c?d%é", "a..b", "...", "a%2Fb", "%", "%252e%252e%252f"])
@pytest.mark.parametrize("ask", [form, in_panel, inspected])
def test_opaque_id_reaches_its_own_order(browser: Client, careless: StubErc, ask: Ask, order_id: str) -> None:
    response = ask(browser, order_id)

    assert ids(soup(response)) == [f"C-1/orders/{order_id}/items"]


def test_opaque_id_can_be_pinned(browser: Client) -> None:
    browser.post("/orders/pin/", {"customer": "a/b#c?d%é", "order": "..."})

    assert Pin.objects.filter(customer_id="a/b#c?d%é", order_id="...").exists()


def test_pin_of_a_climbing_id_from_before_can_be_taken_off(browser: Client, agent: Any) -> None:
    Pin.objects.create(user=agent, customer_id="C-1", order_id="O-1/..")

    browser.post("/orders/unpin/", {"customer": "C-1", "order": "O-1/.."})

    assert not Pin.objects.exists()
