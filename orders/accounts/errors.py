"""Why a single sign-on is refused, and what the agent reads about it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Reason(enum.Enum):
    """The reasons; each value is the code in the log."""

    DENIED = "denied"
    STATE = "state"
    CODE = "code"
    CLIENT = "client"
    PROVIDER = "provider"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    TOKEN = "token"  # noqa: S105 - no password
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    NONCE = "nonce"
    EXPIRED = "expired"
    CLAIMS = "claims"
    NO_GROUP = "no-group"
    ACCOUNT_OFF = "account-off"
    ACCOUNT_LOCAL = "account-local"


class Refused(Exception):
    """The sign-in is refused. It holds nothing of the token or of the person."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Explanation:
    """What the page says, its status, and after how many seconds another try makes sense; 0 where it does not."""

    status: int
    text: StrOrPromise
    retry_seconds: int = 0


_DISTRUSTED = Explanation(
    502, _("The answer of the sign-in service could not be trusted. Tell your administrator.")
)
_OFF = Explanation(403, _("Your account is switched off for this portal. Ask your administrator."))
_AGAIN = Explanation(400, _("This sign-in took too long, or it was begun in another window. Start it again."))
_EXPLANATIONS = {
    Reason.DENIED: Explanation(
        403, _("The sign-in service did not let you in, or you stopped the sign-in there.")
    ),
    Reason.STATE: _AGAIN,
    Reason.CODE: _AGAIN,
    Reason.CLIENT: Explanation(
        502, _("The sign-in service does not accept this portal. Its client needs an administrator.")
    ),
    Reason.PROVIDER: Explanation(
        502,
        _("The sign-in service gave no usable answer. Try again; if it happens again, tell your administrator."),
    ),
    Reason.UNREACHABLE: Explanation(
        503, _("The sign-in service cannot be reached. Try again in a minute."), retry_seconds=60
    ),
    Reason.BUSY: Explanation(
        503, _("Many people are signing in at the moment. Wait a few seconds, then try again."), retry_seconds=3
    ),
    Reason.NO_GROUP: Explanation(
        403, _("Your account is in no group that may use this portal. Ask your administrator.")
    ),
    Reason.ACCOUNT_OFF: _OFF,
    Reason.ACCOUNT_LOCAL: Explanation(
        403, _("Your account has a password of its own here, so single sign-on does not open it.")
    ),
}


def explanation(reason: Reason) -> Explanation:
    """The words for the agent; the many ways of a wrong token are one to them."""
    return _EXPLANATIONS.get(reason, _DISTRUSTED)
