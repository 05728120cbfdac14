"""Chatwoot's dashboard: it frames the panel beside a conversation, and posts whom the conversation is with."""

from __future__ import annotations

import json
from typing import Any

from ercportal.demo.desktop.callers import Caller, caller
from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script

_SLUG = "chat"
_NAMES = ("Amal Haddad", "Emi Tanaka", "Margarida Sousa")


class Chatwoot:
    """The dashboard. A caller's contact has an identifier, or an e-mail address alone."""

    name = "chatwoot"

    def registration(self, origin: str) -> dict[str, Any]:
        """The desktop as the portal's EMBED_HOSTS lists it."""
        return {
            "slug": _SLUG,
            "kind": self.name,
            "name": "Demo Chatwoot",
            "origins": [origin],
            "customer_from": ["contact.identifier"],
            "order_from": ["conversation.custom_attributes.order_id"],
            "email_from": ["contact.email"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:  # noqa: ARG002 - for others
        """The dashboard's page, or its script."""
        if asked.path == "desktop.js":
            return script("chatwoot.js")
        if asked.path:
            return None
        chats = [_chat(number, caller(name)) for number, name in enumerate(_NAMES, 1)]
        return page("chatwoot.html", portal=portal, slug=_SLUG, chats=json.dumps(chats))


def _chat(number: int, who: Caller) -> dict[str, Any]:
    """A conversation and its contact, as the dashboard posts them."""
    contact = {
        "id": 100 + number,
        "name": who.name,
        "identifier": who.claims.get("customer_id"),
        "email": who.claims.get("email"),
        "phone_number": who.claims.get("phone"),
        "custom_attributes": {},
    }
    order_id = who.claims.get("order_id")
    conversation = {
        "id": number,
        "meta": {"sender": contact, "channel": "Channel::WebWidget"},
        "custom_attributes": {"order_id": order_id} if order_id else {},
    }
    return {"words": who.words, "contact": contact, "conversation": conversation}
