"""Amazon Connect's agent workspace: it frames the panel for a contact, and responds over a port."""

from __future__ import annotations

import json
from typing import Any

from ercportal.demo.desktop.callers import Caller, caller
from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script

_SLUG = "connect"
_NAMES = ("Amal Haddad", "Emi Tanaka", "Lena Brandt")


class AmazonConnect:
    """The workspace. A caller is a contact with attributes, or known by the telephone number alone."""

    name = "amazon-connect"

    def registration(self, origin: str) -> dict[str, Any]:
        """The desktop as the portal's EMBED_HOSTS lists it."""
        return {
            "slug": _SLUG,
            "kind": self.name,
            "name": "Demo Amazon Connect",
            "origins": [origin],
            "customer_from": ["attributes.customerId"],
            "order_from": ["attributes.orderId"],
            "phone_from": ["phone"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:  # noqa: ARG002 - for others
        """The workspace's page, or its script."""
        if asked.path == "desktop.js":
            return script("amazon-connect.js")
        if asked.path:
            return None
        contacts = [_contact(number, caller(name)) for number, name in enumerate(_NAMES, 1)]
        return page("amazon-connect.html", portal=portal, slug=_SLUG, contacts=json.dumps(contacts))


def _contact(number: int, who: Caller) -> dict[str, Any]:
    """A contact as the workspace keeps it; attributes are texts, as all of Amazon Connect's are."""
    attributes = {"customerId": who.claims.get("customer_id"), "orderId": who.claims.get("order_id")}
    return {
        "contactId": f"{number:08d}-5eed-4c0a-8000-0c0117ac7000",
        "name": who.name,
        "words": who.words,
        "attributes": {name: text for name, text in attributes.items() if text},
        "phone": who.claims.get("phone", ""),
    }
