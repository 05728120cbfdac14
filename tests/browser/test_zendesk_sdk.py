"""The vendor's own client on the make-believe ticket page: so it speaks the protocol that apps expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.desktops import Desktop, listening, messages, pages
from tests.support.npm import bundled

_APP = """
import ZAFClient from "zendesk_app_framework_sdk";

const say = (...words) => parent.postMessage({ said: words }, "*");
const reason = ({ name, message }) => say("error", name, message);

const client = ZAFClient.init(({ context }) => say("registered", context.location, context.ticketId));
client.context().then(({ product }) => say("context", product));

const ask = () => client
  .get(["ticket.requester.externalId", "ticket.customField:custom_field_2", "ticket.requester.unheard"])
  .then((result) => say("got", result));

client.on("ticket.requester.id.changed", (id) => {
  say("changed", id);
  ask();
});
addEventListener("message", ({ data }) => {
  if (data === "resize") client.invoke("resize", { height: "321px" }).then(() => say("resized"));
  if (data === "more") {
    client.get("ticket.requester.unheard").catch(reason);
    client.set("ticket.subject", "x").catch(reason);
    client.invoke("unheard").catch(reason);
  }
});
ask();
"""


@pytest.fixture
def app() -> Iterator[str]:
    """The address of an app that is built as Zendesk's documentation shows, on a site of its own."""
    html = f"<!doctype html><script>{bundled(_APP)}</script>"
    with pages({"/": html}) as port:
        yield f"http://localhost:{port}/"


def opened(desk: Desktop, app: str) -> Page:
    """The ticket page with the app in a ticket of Amal's."""
    page = listening(desk.page("/zendesk/"))
    page.evaluate(
        """app => {
          globalThis.ticket = { id: 101, requester: "amal" };
          globalThis.frame = zendesk.open(ticket, document.getElementById("panel"), app);
        }""",
        app,
    )
    page.wait_for_function("told.some(([, { said }]) => said?.[0] === 'got')")
    return page


def said(page: Page) -> list[Any]:
    """What the app has said of the client's answers."""
    return [data["said"] for _, data in messages(page) if isinstance(data, dict) and "said" in data]


def test_client_is_registered_and_gets_what_the_ticket_page_knows(desk: Desktop, app: str) -> None:
    page = opened(desk, app)

    told = said(page)
    assert ["registered", "ticket_sidebar", 101] in told
    assert ["context", "support"] in told
    (got,) = (words[1] for words in told if words[0] == "got")
    assert got["ticket.requester.externalId"] == "C-1001"
    assert got["ticket.customField:custom_field_2"] == "A-20731"
    assert "ticket.requester.unheard" not in got
    assert list(got["errors"]) == ["ticket.requester.unheard"]


def test_client_hears_of_the_next_requester(desk: Desktop, app: str) -> None:
    page = opened(desk, app)

    page.evaluate("zendesk.change(ticket, 'chidi')")
    page.wait_for_function("told.filter(([, { said }]) => said?.[0] === 'got').length === 2")

    told = said(page)
    assert ["changed", "chidi"] in told
    assert told[-1][1]["ticket.requester.externalId"] == "C-1002"
    assert told[-1][1]["ticket.customField:custom_field_2"] is None


def test_client_gives_its_frame_another_height(desk: Desktop, app: str) -> None:
    page = opened(desk, app)

    page.evaluate("frame.contentWindow.postMessage('resize', '*')")
    page.wait_for_function("told.some(([, { said }]) => said?.[0] === 'resized')")

    assert page.evaluate("frame.style.height") == "321px"


def test_client_understands_what_is_refused(desk: Desktop, app: str) -> None:
    page = opened(desk, app)

    page.evaluate("frame.contentWindow.postMessage('more', '*')")
    page.wait_for_function("told.filter(([, { said }]) => said?.[0] === 'error').length === 3")

    errors = sorted(words[2] for words in said(page) if words[0] == "error")
    assert errors == ['"ticket.requester.unheard" No such Api', '"unheard" No such Api', "set is not played"]


def test_client_and_panel_say_the_same_at_first(desk: Desktop, app: str) -> None:
    page = opened(desk, app)
    of_client = [json_message for _, json_message in messages(page) if isinstance(json_message, str)]

    page.click("#callers button:has-text('Chidi')")
    page.wait_for_function("told.filter(([, data]) => `${data}`.includes('get')).length === 2")
    of_panel = [text for _, text in messages(page) if isinstance(text, str)][len(of_client) :]

    of_both = page.evaluate(
        """all => all.map((texts) => texts.map((text) => JSON.parse(text)).map((message) => ({
          fields: Object.keys(message).filter((name) => name !== "key").sort().join(" "),
          is: message.request ?? message.key,
          version: message.message?.version ?? "",
          params: Array.isArray(message.params) ? "list" : typeof message.params,
        })))""",
        [of_client, of_panel],
    )
    client, panel = ({one["is"]: one for one in ones} for ones in of_both)
    for name in ("iframe.handshake", "get", "iframe.on:ticket.requester.id.changed"):
        assert panel[name] == client[name]
