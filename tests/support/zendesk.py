"""Zendesk's side in tests: its registration, and the tokens of its agents, good and bad."""

from __future__ import annotations

import time
from typing import Any

import jwt
from django.test import Client

from tests.support.launching import public_pem, rsa_key

SLUG = "zd"
ORIGIN = "https://acme.zendesk.com"
LAUNCH = f"/embed/{SLUG}/launch"
CONTEXT = f"/embed/{SLUG}/context"


def desktop(**changes: Any) -> dict[str, Any]:
    """The installation's registration."""
    return {
        "slug": SLUG,
        "kind": "zendesk",
        "name": "Tickets",
        "origins": [ORIGIN],
        "installation": "123",
        "location": "ticket_sidebar",
        "keys": [{"kid": "app", "algorithm": "RS256", "public_key": public_pem(rsa_key())}],
        "customer_from": ["ticket.requester.externalId", "ticket.customField:custom_field_7"],
        "order_from": ["ticket.customField:custom_field_8"],
        "email_from": ["ticket.requester.email"],
        **changes,
    }


def claims(**changes: Any) -> dict[str, Any]:
    """The claims of a good token, as Zendesk makes them; a change to None leaves the claim out."""
    now = int(time.time())
    good = {
        "iss": "acme.zendesk.com",
        "aud": f"{ORIGIN}/api/v2/apps/installations/123.json",
        "sub": f"{ORIGIN}/api/v2/users/4711.json",
        "context": {"product": "support", "location": "ticket_sidebar"},
        "qsh": "3d1f",
        "cnf": {"jku": "https://attacker.example/keys.json"},
        "iat": now,
        "nbf": now,
        "exp": now + 120,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token(key: Any = None, algorithm: str = "RS256", headers: dict[str, Any] | None = None, **changes: Any) -> str:
    """A token; `headers` are those of the JWT, which names no key unless they do."""
    return jwt.encode(claims(**changes), key or rsa_key(), algorithm=algorithm, headers=headers)


def launched(
    client: Client, text: str | None = None, query: str = f"?origin={ORIGIN}&app_guid=g", **more: str
) -> Any:
    """The answer to a token that Zendesk's page posts; a fresh one unless given."""
    return client.post(LAUNCH + query, {"token": token() if text is None else text}, headers=more)
