"""Texts of the embedded panel when it does not open: plain words, what to do, and a code to look up."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from orders.embed.errors import LaunchCode

_BY_FRESH_LAUNCH = {LaunchCode.EXPIRED, LaunchCode.REPLAYED, LaunchCode.MISSING}
_BY_FRESH_SESSION = {LaunchCode.SESSION_EXPIRED, LaunchCode.SESSION_MISSING, LaunchCode.SESSION_FORGED}
_UNREADABLE = {LaunchCode.MALFORMED, LaunchCode.TOO_LARGE, LaunchCode.CLAIMS}
_CLOCKS = {LaunchCode.NOT_YET, LaunchCode.TOO_LONG}


class RefusalView(NamedTuple):
    """A refusal for a page. `is_curable` says that a fresh launch would help; the panel asks the host for one."""

    code: str
    http_status: int
    title: str
    text: str
    next_step: str
    is_curable: bool
    reference: str


def refusal(reason: LaunchCode, reference: str) -> RefusalView:
    """Give the texts for a reason; `reference` is the correlation id of the request."""
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


def _status(reason: LaunchCode) -> int:
    if reason is LaunchCode.MEMORY:
        return 503
    if reason in _UNREADABLE | {LaunchCode.MISSING}:
        return 400
    if reason in {LaunchCode.EXPIRED, LaunchCode.REPLAYED, LaunchCode.NOT_YET} | _BY_FRESH_SESSION:
        return 401
    return 403


def _words(reason: LaunchCode) -> tuple[str, str, str]:
    if reason in _BY_FRESH_LAUNCH | _BY_FRESH_SESSION:
        return (
            gettext("This panel has to be opened anew"),
            gettext("Its permission has ended or was used already."),
            gettext("Open the customer again in your desktop, or reload your desktop."),
        )
    if reason is LaunchCode.SESSION_SUBJECT:
        return (
            gettext("This panel is for another customer or order"),
            gettext("Nothing is shown, so that you cannot mix up two customers."),
            gettext("Open the customer again in your desktop."),
        )
    if reason is LaunchCode.MEMORY:
        return (
            gettext("The panel cannot be opened at the moment"),
            gettext("The portal has a problem with its own memory."),
            gettext("Try again in a few seconds. If it stays so, tell your administrator, and give the code."),
        )
    if reason is LaunchCode.HOST_OFF:
        return (
            gettext("The panel is switched off for this desktop"),
            gettext("An administrator of the portal has done so."),
            gettext("Look the order up in the portal itself, or ask your administrator."),
        )
    if reason is LaunchCode.AGENT_OFF:
        return (
            gettext("You have no access to this panel"),
            gettext("An administrator of the portal has ended it."),
            gettext("Ask your administrator, and give the code."),
        )
    if reason is LaunchCode.NOT_FRAMED:
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
