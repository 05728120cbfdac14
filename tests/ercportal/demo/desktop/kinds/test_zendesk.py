"""The make-believe Zendesk's server: what it serves, and that a portal that lists it takes its tokens."""

from __future__ import annotations

import pytest

from ercportal.demo.desktop.kinds.kind import Asked
from ercportal.demo.desktop.kinds.zendesk import AGENT, Zendesk, token
from orders.embed.desktops.zendesk import verify
from orders.embed.entries import read_hosts

ORIGIN = "http://localhost:8002"


def test_portal_that_lists_the_desktop_takes_its_tokens_each_for_itself() -> None:
    hosts = read_hosts([Zendesk().registration(ORIGIN)], allow_plain=True)

    launches = [verify(token(ORIGIN), hosts["zendesk"]) for _ in range(2)]

    assert [launch.agent for launch in launches] == [AGENT, AGENT]
    assert launches[0].token_id != launches[1].token_id


@pytest.mark.parametrize(
    ("path", "content_type"), [("", "text/html"), ("zendesk.js", "text/javascript"), ("token", "text/plain")]
)
def test_page_its_script_and_tokens_are_served(path: str, content_type: str) -> None:
    reply = Zendesk().respond(Asked(path, {}), origin=ORIGIN, portal="http://portal.example")

    assert reply
    assert reply.content_type.startswith(content_type)


def test_page_opens_the_portals_launch() -> None:
    reply = Zendesk().respond(Asked("", {}), origin=ORIGIN, portal="http://portal.example")

    assert reply
    assert b'data-app="http://portal.example/embed/zendesk/launch"' in reply.body


def test_other_path_is_not_found() -> None:
    assert Zendesk().respond(Asked("other", {}), origin=ORIGIN, portal="") is None
