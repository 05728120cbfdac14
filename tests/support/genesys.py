"""Genesys Cloud in tests: a desktop whose region is a stub, what its API says, and an agent's panel there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.entries import read_hosts
from orders.embed.sessions import SignedIn, begin_session
from tests.support.pages import HTMX
from tests.support.stub_erc import Reply, Script, StubErc

SLUG = "genesys"
SECRET = "planted-client-secret"
CONVERSATION = "0a1b2c3d-5eed-4c0a-8000-9e0e5c10d000"


def entry(stub: StubErc, **changes: Any) -> dict[str, Any]:
    """The desktop's registration; its region is the stub."""
    return {
        "slug": SLUG,
        "kind": "genesys",
        "name": "Genesys",
        "origins": ["https://apps.mypurecloud.de"],
        "region": stub.base_url.removeprefix("http://"),
        "client_id": "client",
        "client_secret": SECRET,
        "customer_from": ["participant.attributes.customerId"],
        "order_from": ["participant.attributes.orderId"],
        "phone_from": ["participant.address"],
        "email_from": ["participant.address"],
        **changes,
    }


def genesys_desktop(stub: StubErc, **changes: Any) -> GenesysDesktop:
    """The desktop."""
    read = read_hosts([entry(stub, **changes)], allow_plain=True)[SLUG]
    assert isinstance(read, GenesysDesktop)
    return read


def customer(**changes: Any) -> dict[str, Any]:
    """A participant who is the customer."""
    return {
        "purpose": "customer",
        "address": "tel:+493023125001",
        "attributes": {"customerId": "C-1"},
        "connectedTime": "2026-11-27T09:00:00.000Z",
        **changes,
    }


def conversation(*participants: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A conversation as the API gives it; with the agent, who is in each."""
    agent = {"purpose": "agent", "attributes": {}, "address": "sip:agent@desk.example"}
    return {"id": CONVERSATION, "participants": [agent, *(participants or [customer()])], **changes}


@contextmanager
def region() -> Iterator[StubErc]:
    """A region whose API has the conversation, for whoever has a token that it gave."""
    with StubErc() as stub:
        stub.items = guarded(stub, lambda _: Reply(content=conversation()))
        yield stub


def guarded(stub: StubErc, script: Script) -> Script:
    """The script for those who ask with a token that has not ended; 401 for others."""
    return lambda asked: script(asked) if stub._scopes_of(asked) is not None else Reply(401, {"status": 401})


def panel_token(client: Client, agent: User, host: GenesysDesktop) -> str:
    """The embed token of an agent who has signed in, in a panel that waits for its contact."""
    client.force_login(agent)
    key = client.session.session_key
    assert key
    return begin_session(host, SignedIn(agent.pk, "agent", key, "en")).to_token()


def told(client: Client, embed: str, **fields: str) -> Any:
    """The answer to the panel that tells its conversation."""
    return client.post(f"/embed/{SLUG}/context", fields, headers={**HTMX, "Embed-Token": embed})
