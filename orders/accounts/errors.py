"""Refusals of single sign-on, and their texts for the agent."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SignInCode(enum.Enum):
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


class SignInRefused(Exception):
    """The sign-in is refused. The error quotes neither the token nor the person."""

    def __init__(self, reason: SignInCode) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Explanation:
    """The page's text and status, and the seconds after which to try again; 0 where that cannot help."""

    status: int
    text: StrOrPromise
    retry_seconds: int = 0


_DISTRUSTED = Explanation(502, _("The sign-in service’s reply could not be verified. Tell your administrator."))
_OFF = Explanation(403, _("Your account is switched off for this portal. Ask your administrator."))
_AGAIN = Explanation(400, _("This sign-in took too long, or it was begun in another window. Start it again."))
_EXPLANATIONS = {
    SignInCode.DENIED: Explanation(403, _("Sign-in was refused, or you cancelled it.")),
    SignInCode.STATE: _AGAIN,
    SignInCode.CODE: _AGAIN,
    SignInCode.CLIENT: Explanation(
        502,
        _(
            "The sign-in service does not accept this portal. "
            "An administrator has to check the portal’s sign-in settings."
        ),
    ),
    SignInCode.PROVIDER: Explanation(
        502,
        _("The sign-in service gave no usable answer. Try again; if it happens again, tell your administrator."),
    ),
    SignInCode.UNREACHABLE: Explanation(
        503, _("The sign-in service cannot be reached. Try again in a minute."), retry_seconds=60
    ),
    SignInCode.BUSY: Explanation(
        503, _("Many people are signing in at the moment. Wait a few seconds, then try again."), retry_seconds=3
    ),
    SignInCode.NO_GROUP: Explanation(
        403, _("Your account is in no group that may use this portal. Ask your administrator.")
    ),
    SignInCode.ACCOUNT_OFF: _OFF,
    SignInCode.ACCOUNT_LOCAL: Explanation(
        403, _("Your account signs in with a password here, not with single sign-on.")
    ),
}


def explain(reason: SignInCode) -> Explanation:
    """Give the text for the agent, which is the same for all faults of a token."""
    return _EXPLANATIONS.get(reason, _DISTRUSTED)
