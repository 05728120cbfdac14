"""What the embedded panel says when it does not open: plain words, what to do, and a code to look up."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from orders.embed.errors import Reason

_BY_FRESH_LAUNCH = {Reason.EXPIRED, Reason.REPLAYED, Reason.MISSING}
_BY_FRESH_SESSION = {Reason.SESSION_EXPIRED, Reason.SESSION_MISSING, Reason.SESSION_FORGED}
_UNREADABLE = {Reason.MALFORMED, Reason.TOO_LARGE, Reason.CLAIMS}
_CLOCKS = {Reason.NOT_YET, Reason.TOO_LONG}


class RefusalView(NamedTuple):
    """A refusal for a page. `is_curable` tells that a fresh launch would help, which the host is asked for."""

    code: str
    http_status: int
    title: str
    text: str
    next_step: str
    is_curable: bool
    reference: str


def refusal(reason: Reason, reference: str) -> RefusalView:
    """The words for a reason; `reference` is the correlation id of the request."""
    title, text, next_step = _words(reason)
    return RefusalView(
        code=reason.value,
        http_status=_status(reason),
        title=title,
        text=text,
        next_step=next_step,
        is_curable=reason in _BY_FRESH_LAUNCH | _BY_FRESH_SESSION,
        reference=reference,
    )


def _status(reason: Reason) -> int:
    if reason is Reason.MEMORY:
        return 503
    if reason in _UNREADABLE | {Reason.MISSING}:
        return 400
    if reason in {Reason.EXPIRED, Reason.REPLAYED, Reason.NOT_YET} | _BY_FRESH_SESSION:
        return 401
    return 403


def _words(reason: Reason) -> tuple[str, str, str]:
    if reason in _BY_FRESH_LAUNCH | _BY_FRESH_SESSION:
        return (
            gettext("This panel has to be opened anew"),
            gettext("Its permission has ended or was used already."),
            gettext("Open the customer again in your desktop, or reload your desktop."),
        )
    if reason is Reason.SESSION_SUBJECT:
        return (
            gettext("This panel is for another customer or order"),
            gettext("Nothing is shown, so that you cannot mix up two customers."),
            gettext("Open the customer again in your desktop."),
        )
    if reason is Reason.MEMORY:
        return (
            gettext("The panel cannot be opened at the moment"),
            gettext("The portal has a problem with its own memory."),
            gettext("Try again in a few seconds. If it stays so, tell your administrator, and give the code."),
        )
    if reason is Reason.HOST_OFF:
        return (
            gettext("The panel is switched off for this desktop"),
            gettext("An administrator of the portal has done so."),
            gettext("Look the order up in the portal itself, or ask your administrator."),
        )
    if reason is Reason.AGENT_OFF:
        return (
            gettext("You have no access to this panel"),
            gettext("An administrator of the portal has ended it."),
            gettext("Ask your administrator, and give the code."),
        )
    if reason is Reason.NOT_FRAMED:
        return (
            gettext("This panel works only inside your desktop"),
            gettext("It was opened as a page of its own."),
            gettext("Open the customer in your desktop."),
        )
    if reason in _CLOCKS:
        return (
            gettext("The clocks of the desktop and the portal differ"),
            gettext("So the permission to open this panel is not valid now."),
            gettext("Tell your administrator, and give the code."),
        )
    return (
        gettext("Your desktop could not open this panel"),
        gettext("It sent a permission that the portal does not accept."),
        gettext("Tell your administrator, and give the code and the reference."),
    )
