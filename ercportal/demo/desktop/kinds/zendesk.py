"""Zendesk's ticket page with the panel as an app: it signs its agent's tokens, and its page answers the app."""

from __future__ import annotations

import secrets
import time
from typing import Any

import jwt

from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script
from ercportal.demo.desktop.kinds.zendesk_key import PRIVATE_KEY, public_key

INSTALLATION = "360001"
LOCATION = "ticket_sidebar"
AGENT = "4711"


class Zendesk:
    """The ticket page. Its server signs the token that the first request of each app's frame brings."""

    name = "zendesk"

    def registration(self, origin: str) -> dict[str, Any]:
        """The app's installation as the portal's EMBED_HOSTS lists it."""
        return {
            "slug": self.name,
            "kind": self.name,
            "name": "Demo Zendesk",
            "origins": [origin],
            "installation": INSTALLATION,
            "location": LOCATION,
            "keys": [{"kid": "demo", "algorithm": "RS256", "public_key": public_key()}],
            "customer_from": ["ticket.requester.externalId", "ticket.customField:custom_field_1"],
            "order_from": ["ticket.customField:custom_field_2"],
            "email_from": ["ticket.requester.email"],
            "phone_from": ["ticket.customField:custom_field_3"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:
        """The page, its script, or a fresh token."""
        if asked.path == "":
            return page("zendesk.html", app=f"{portal}/embed/{self.name}/launch")
        if asked.path == "zendesk.js":
            return script("zendesk.js")
        if asked.path == "token":
            return Reply(token(origin).encode(), "text/plain")
        return None


def token(origin: str) -> str:
    """A token of the agent who is signed in to the Zendesk whose pages come from `origin`."""
    now = int(time.time())
    claims = {
        "iss": origin,
        "aud": f"{origin}/api/v2/apps/installations/{INSTALLATION}.json",
        "sub": f"{origin}/api/v2/users/{AGENT}.json",
        "context": {"product": "support", "location": LOCATION},
        # Of the frame's address, whose app_guid is another each time.
        "qsh": secrets.token_hex(32),
        "iat": now,
        "nbf": now,
        "exp": now + 120,
    }
    return jwt.encode(claims, PRIVATE_KEY, algorithm="RS256")
