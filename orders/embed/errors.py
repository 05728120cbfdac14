"""Refusals of embed requests."""

from __future__ import annotations

import enum
from typing import NamedTuple

from orders.embed.hosts import EmbedHost


class LaunchCode(enum.Enum):
    """The reasons; the panel and the log show each value, and docs/embedding.md explains it."""

    MISSING = "launch-missing"
    TOO_LARGE = "launch-too-large"
    MALFORMED = "launch-malformed"
    HEADER = "launch-header"
    UNKNOWN_HOST = "launch-unknown-host"
    UNKNOWN_KEY = "launch-unknown-key"
    ALGORITHM = "launch-algorithm"
    SIGNATURE = "launch-signature"
    AUDIENCE = "launch-audience"
    CLAIMS = "launch-claims"
    EXPIRED = "launch-expired"
    NOT_YET = "launch-not-yet"
    TOO_LONG = "launch-too-long"
    REPLAYED = "launch-replayed"
    UNTRUSTED = "launch-untrusted"
    MEMORY = "launch-memory"
    NOT_FRAMED = "launch-not-framed"
    ORIGIN = "launch-origin"
    UNSIGNED = "launch-unsigned"
    ORGANIZATION = "launch-organization"
    LOCATION = "launch-location"
    SIGNED_ONLY = "context-signed-only"
    VERIFIED_ONLY = "context-verified-only"
    HOST_OFF = "host-off"
    AGENT_OFF = "agent-off"
    SESSION_MISSING = "session-missing"
    SESSION_FORGED = "session-forged"
    SESSION_EXPIRED = "session-expired"
    SESSION_SUBJECT = "session-other-order"
    SIGNED_OUT = "session-signed-out"
    CODE_FOREIGN = "code-foreign"
    CODE_EXPIRED = "code-expired"
    CODE_USED = "code-used"
    CODES_FULL = "code-too-many"


HIDDEN_CODES = frozenset(
    {
        LaunchCode.HEADER,
        LaunchCode.UNKNOWN_HOST,
        LaunchCode.UNKNOWN_KEY,
        LaunchCode.ALGORITHM,
        LaunchCode.SIGNATURE,
    }
)
"""Reasons that would reveal hosts and keys to a stranger: the page says UNTRUSTED, the log the reason."""

UNVERIFIED_CODES = HIDDEN_CODES | {LaunchCode.MISSING, LaunchCode.TOO_LARGE, LaunchCode.MALFORMED}
"""Reasons to refuse a launch before its signature proves the sender."""


class Look(NamedTuple):
    """The requested language, time zone and theme of a panel; texts as they came, or empty."""

    locale: str = ""
    zone: str = ""
    theme: str = ""


class LaunchRefused(Exception):
    """A launch or a request of the panel is refused.

    `host` is the one that a token names; it is proven unless the reason is one of UNVERIFIED_CODES. The message is
    for the log: it quotes neither the token nor the customer.
    """

    def __init__(self, reason: LaunchCode, detail: str = "", host: EmbedHost | None = None) -> None:
        super().__init__(detail or reason.value)
        self.reason = reason
        self.host = host


class ConversationCode(enum.Enum):
    """Why a desktop's conversation tells no customer; the panel and the log show the value."""

    UNFILLED = "conversation-unfilled"
    MALFORMED = "conversation-malformed"
    UNKNOWN = "conversation-unknown"
    NOT_ALLOWED = "conversation-not-allowed"
    BUSY = "conversation-busy"
    UNREACHABLE = "conversation-unreachable"
    UNREADABLE = "conversation-unreadable"


class ConversationError(Exception):
    """A conversation could not be read. The message is for the log: it quotes no id, no secret and no customer."""

    def __init__(self, code: ConversationCode, detail: str = "") -> None:
        super().__init__(detail or code.value)
        self.code = code
