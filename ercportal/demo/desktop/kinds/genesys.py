"""Genesys Cloud: it frames the panel for an interaction, and its API tells the portal whom that is with."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from ercportal.demo.desktop.callers import Caller, caller
from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script

_SLUG = "genesys"
_NAMES = ("Amal Haddad", "Emi Tanaka", "Lena Brandt")
_CLIENT_ID = "5eed0000-c11e-4d00-8000-00000000c1d0"
_CLIENT_SECRET = "everybody-may-know-this-secret-of-the-demo"  # noqa: S105 - registered under DEBUG only
_CONVERSATIONS = "api/v2/conversations/"
_DAY = 86_399


class Genesys:
    """The agent's workspace and its region's API. A caller's conversation has attributes, or a number alone."""

    name = "genesys"

    def __init__(self) -> None:
        self._token = secrets.token_urlsafe()
        made = [_conversation(number, caller(name)) for number, name in enumerate(_NAMES, 1)]
        self._conversations = {one["id"]: one for one in made}

    def registration(self, origin: str) -> dict[str, Any]:
        """The desktop as the portal's EMBED_HOSTS lists it; its region is this server."""
        return {
            "slug": _SLUG,
            "kind": self.name,
            "name": "Demo Genesys",
            "origins": [origin],
            "region": f"{origin.partition('://')[2]}/{self.name}",
            "client_id": _CLIENT_ID,
            "client_secret": _CLIENT_SECRET,
            "customer_from": ["participant.attributes.customerId"],
            "order_from": ["participant.attributes.orderId"],
            "phone_from": ["participant.address"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:  # noqa: ARG002 - for others
        """The workspace's page or its script, a token, or a conversation."""
        if asked.path == "desktop.js":
            return script("genesys.js")
        if asked.path == "oauth/token":
            return self._grant(asked)
        if asked.path.startswith(_CONVERSATIONS):
            return self._conversation(asked)
        if asked.path:
            return None
        interactions = [
            {"id": one["id"], "name": who.name, "words": who.words}
            for one, who in zip(self._conversations.values(), map(caller, _NAMES), strict=True)
        ]
        return page("genesys.html", portal=portal, slug=_SLUG, interactions=json.dumps(interactions))

    def _grant(self, asked: Asked) -> Reply:
        """A token for the client, as RFC 6749 has it."""
        client = base64.b64encode(f"{_CLIENT_ID}:{_CLIENT_SECRET}".encode()).decode()
        if asked.authorization != f"Basic {client}":
            return _json({"error": "invalid_client"}, 400)
        if asked.fields.get("grant_type") != "client_credentials":
            return _json({"error": "unsupported_grant_type"}, 400)
        return _json({"access_token": self._token, "token_type": "bearer", "expires_in": _DAY})

    def _conversation(self, asked: Asked) -> Reply:
        if asked.authorization != f"Bearer {self._token}":
            return _json({"status": 401, "code": "bad.credentials", "message": "Invalid login credentials."}, 401)
        found = self._conversations.get(asked.path.removeprefix(_CONVERSATIONS))
        if found is None:
            return _json({"status": 404, "code": "not.found", "message": "The conversation was not found."}, 404)
        return _json(found)


def _json(content: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(content).encode(), "application/json", status)


def _conversation(number: int, who: Caller) -> dict[str, Any]:
    """A conversation as the API gives it: the customer, the queue that they came through, and the agent."""
    attributes = {"customerId": who.claims.get("customer_id"), "orderId": who.claims.get("order_id")}
    phone = who.claims.get("phone", "").replace(" ", "")
    connected = "2026-11-27T09:00:00.000Z"
    customer = {
        "id": f"{number:08d}-5eed-4000-8000-00000c057000",
        "purpose": "customer",
        "name": who.name,
        "address": f"tel:{phone}" if phone else "sip:anonymous@anonymous.invalid",
        "attributes": {name: text for name, text in attributes.items() if text},
        "connectedTime": connected,
    }
    others = [
        {"id": f"{number:08d}-5eed-4000-8000-0000000{purpose}", "purpose": name, "attributes": {}}
        for purpose, name in (("ac000", "acd"), ("a9e00", "agent"))
    ]
    return {
        "id": f"{number:08d}-5eed-4c0a-8000-9e0e5c10d000",
        "startTime": connected,
        "participants": [customer, *others],
    }
