"""Salesforce's side in tests: a connected app's registration, and signed requests good and bad."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.desktops.salesforce import verify
from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.launches import Launch
from orders.embed.registry import registry
from tests.support.launching import host

ADDRESS = "/embed/sf/launch"
ORIGIN = "https://acme.lightning.force.com"
# Real ones are 19 digits or 64 hexadecimal ones.
SECRET = "8284917310557243901"
# As Salesforce makes them: the last three characters say which of the others are capitals.
ORGANIZATION = "00D5e0000012aBcEAI"
USER = "0055e000000xYzQAAU"
OAUTH_TOKEN = "00D5e0000012aBc!planted.AQcAQH0dMHZfz972Szmpkb58urFRkgeBGsxL"


def app(**changes: Any) -> dict[str, Any]:
    """The connected app's registration."""
    return {
        "slug": "sf",
        "kind": "salesforce",
        "name": "Console",
        "origins": [ORIGIN],
        "organization": ORGANIZATION,
        "secrets": [{"kid": "a", "secret": SECRET}],
        "customer_from": ["parameters.customer_id", "record.ERP_Id__c"],
        "order_from": ["parameters.order_id"],
        "order_number_from": ["record.Order_Number__c"],
        "email_from": ["record.SuppliedEmail"],
        "phone_from": ["record.SuppliedPhone"],
        **changes,
    }


def content(
    *, user: Any = None, organization: Any = None, environment: Any = None, **changes: Any
) -> dict[str, Any]:
    """The content of a good request, with changes to its parts; a change to None leaves the field out."""
    parts = {
        "user": {
            "userId": USER,
            "userName": "a@acme.example",
            "fullName": "Ada Agent",
            "locale": "de_DE",
            "language": "de",
            "timeZone": "Europe/Berlin",
            **(user or {}),
        },
        "organization": {"organizationId": ORGANIZATION, "name": "Acme", **(organization or {})},
        "environment": {
            "parameters": {"customer_id": "C-1"},
            "record": {"attributes": {"type": "Case"}, "Id": uuid.uuid4().hex},
            "uiTheme": "Theme4d",
            **(environment or {}),
        },
    }
    good = {
        "algorithm": "HMACSHA256",
        "issuedAt": -1442860337,
        "userId": USER,
        "client": {"oauthToken": OAUTH_TOKEN, "instanceId": "1", "targetOrigin": ORIGIN},
        "context": {name: _present(part) for name, part in parts.items()},
    }
    return _present({**good, **changes})


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def sign(signed: str, secret: str = SECRET) -> str:
    """The request with this second part, signed."""
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{base64.b64encode(signature).decode()}.{signed}"


def sign_text(text: str, secret: str = SECRET) -> str:
    """The request of a content that is text already."""
    return sign(base64.b64encode(text.encode()).decode(), secret)


def request(secret: str = SECRET, **changes: Any) -> str:
    """A signed request; the changes are those of `content`."""
    return sign_text(json.dumps(content(**changes)), secret)


def about(parameters: Any = None, **record: Any) -> str:
    """A signed request whose page passes on these parameters, about a record with these fields."""
    return request(environment={"parameters": parameters, "record": record})


def check(text: str, **changes: Any) -> Launch:
    """What a request says; the changes are those of the registration."""
    (desktop,) = read_hosts([app(**changes)], allow_plain=False).values()
    return verify(text, desktop)


def refused(text: str, **changes: Any) -> LaunchRefused:
    """The refusal of a request; the changes are those of the registration."""
    with pytest.raises(LaunchRefused) as refusal:
        check(text, **changes)
    return refusal.value


def reason(text: str, **changes: Any) -> LaunchCode:
    """Why a request is refused."""
    return refused(text, **changes).reason


def register_app(settings: Settings, **changes: Any) -> None:
    """Let the connected app launch the panel, beside a host of our own kind."""
    settings.EMBED_HOSTS = [host(), app(**changes)]
    settings.EMBED_HOSTS_FILE = ""
    registry.cache_clear()


def launched(client: Client, text: str = "", **headers: str) -> Any:
    """The response to a request that is posted; a fresh one unless given."""
    return client.post(ADDRESS, {"signed_request": text or request()}, headers={"Origin": ORIGIN, **headers})
