"""Reads the customer of a Genesys conversation."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.desktops.genesys_api import Participant, read_conversation
from orders.embed.errors import ConversationCode, ConversationError
from orders.embed.sources import Values

logger = logging.getLogger(__name__)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PURPOSES = ("customer", "external")
_PHONE = "tel:"
_NO_PHONE = ("sip:", "sips:")


def find_customer(desktop: GenesysDesktop, text: str, correlation_id: str) -> Values:
    """Find what a conversation says of its customer; `text` is its id, as the panel's address has it.

    Raises ConversationError.
    """
    conversation_id = _read_id(text)
    conversation = read_conversation(desktop, conversation_id, correlation_id)
    participant = _customer(conversation.participants)
    values = desktop.sources.find_values({"participant": _said(participant)}) if participant else {}
    if not values:
        # The reason why the agent has to search stands nowhere else.
        who = "has nothing at the configured paths" if participant else "is not there"
        logger.info(
            "conversation without a customer",
            extra={"issuer": desktop.issuer, "reason": f"the participant who is the customer {who}"},
        )
    return values


def _read_id(text: str) -> str:
    text = text.strip().lower()
    if not text or "{{" in text:
        raise ConversationError(ConversationCode.UNFILLED)
    if not _UUID.fullmatch(text):
        raise ConversationError(ConversationCode.MALFORMED)
    return text


def _customer(participants: Sequence[Participant]) -> Participant | None:
    """Give the customer: the first who is still there, else the last who was."""
    for purpose in _PURPOSES:
        if found := [one for one in participants if (one.purpose or "").lower() == purpose]:
            connected = (one for one in found if one.connected_time and not one.end_time)
            return next(connected, found[-1])
    return None


def _said(participant: Participant) -> dict[str, object]:
    """Give what the paths of the settings lead into."""
    address = (participant.address or "").strip()
    if address.lower().startswith(_NO_PHONE):
        address = ""
    if address.lower().startswith(_PHONE):
        # Parameters, such as an extension, follow the number (RFC 3966).
        address = address[len(_PHONE) :].partition(";")[0]
    return {"attributes": participant.attributes or {}, "address": address}
