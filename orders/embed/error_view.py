"""Texts of the embedded panel when it does not open: plain words, what to do, and a code to look up."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.embed.errors import LaunchCode
from orders.embed.hosts import Kind

_BY_FRESH_LAUNCH = {LaunchCode.EXPIRED, LaunchCode.REPLAYED, LaunchCode.MISSING}
_BY_FRESH_SESSION = {LaunchCode.SESSION_EXPIRED, LaunchCode.SESSION_MISSING, LaunchCode.SESSION_FORGED}
_BY_SIGN_IN = {LaunchCode.CODE_FOREIGN, LaunchCode.CODE_EXPIRED, LaunchCode.CODE_USED}
_CURABLE = _BY_FRESH_LAUNCH | _BY_FRESH_SESSION | _BY_SIGN_IN | {LaunchCode.SIGNED_OUT}
_UNREADABLE = {LaunchCode.MALFORMED, LaunchCode.TOO_LARGE, LaunchCode.CLAIMS}
_CLOCKS = {LaunchCode.NOT_YET, LaunchCode.TOO_LONG}


class _Words(NamedTuple):
    """What a page says of a reason, in the language of its time."""

    title: Promise
    text: Promise
    next_step: Promise


_WORDS: tuple[tuple[set[LaunchCode], _Words], ...] = (
    (
        _BY_FRESH_LAUNCH | _BY_FRESH_SESSION,
        _Words(
            _("This panel needs to be reopened"),
            _("Its access has expired or was already used."),
            _("Open the customer’s record again in your agent desktop, or reload it."),
        ),
    ),
    (
        {LaunchCode.SIGNED_OUT},
        _Words(
            _("Your sign-in has ended"),
            _("It does so after a while without use, after some hours, and when you sign out of the portal."),
            _("Sign in again."),
        ),
    ),
    (
        _BY_SIGN_IN,
        _Words(
            _("This sign-in did not work"),
            _("It took too long, was used already, or was begun in another panel."),
            _("Sign in again."),
        ),
    ),
    (
        {LaunchCode.CODES_FULL},
        _Words(
            _("Too many panels are waiting for a sign-in"),
            _("The portal gives out only so many codes at once."),
            _("Try again in a few minutes."),
        ),
    ),
    (
        {LaunchCode.SESSION_SUBJECT},
        _Words(
            _("This panel is for another customer or order"),
            _("Nothing is shown, so that you cannot mix up two customers."),
            _("Open the customer’s record again in your agent desktop."),
        ),
    ),
    (
        {LaunchCode.MEMORY},
        _Words(
            _("The panel cannot be opened at the moment"),
            _("The portal can’t reach its own storage."),
            _("Try again in a few seconds. If this keeps happening, give your administrator the code."),
        ),
    ),
    (
        {LaunchCode.HOST_OFF},
        _Words(
            _("This panel is turned off for your agent desktop"),
            _("A portal administrator turned it off."),
            _("Look the order up in the portal itself, or ask your administrator."),
        ),
    ),
    (
        {LaunchCode.AGENT_OFF},
        _Words(
            _("You have no access to this panel"),
            _("A portal administrator removed your access."),
            _("Give your administrator the code."),
        ),
    ),
    (
        {LaunchCode.UNSIGNED},
        _Words(
            _("Your agent desktop has to sign this panel’s launch"),
            _("It opened the panel’s address without a signature."),
            _("Tell your administrator, and give the code: the setting is in the desktop’s guide."),
        ),
    ),
    (
        {LaunchCode.SIGNED_ONLY},
        _Words(
            _("This panel takes its customer from the signed launch only"),
            _("Nothing is shown, so that you cannot mix up two customers."),
            _("Open the customer’s record again in your agent desktop."),
        ),
    ),
    (
        {LaunchCode.VERIFIED_ONLY},
        _Words(
            _("This panel takes its customer from your contact center’s system only"),
            _("Nothing is shown, so that you cannot mix up two customers."),
            _("Open the customer’s record again in your agent desktop."),
        ),
    ),
    (
        {LaunchCode.NOT_FRAMED},
        _Words(
            _("This panel only works inside your agent desktop"),
            _("It was opened on its own page."),
            _("Open the customer’s record in your agent desktop."),
        ),
    ),
    (
        _CLOCKS,
        _Words(
            _("The clocks of the agent desktop and the portal differ"),
            _("That is why the permission to open this panel is not valid."),
            _("Tell your administrator, and give the code."),
        ),
    ),
)
_UNSIGNED = {
    Kind.ZENDESK: _Words(
        _("Signed addresses are switched off for this app"),
        _("Zendesk opened the panel without saying who you are."),
        _("Tell your administrator: the app’s manifest.json needs signedUrls set to true."),
    ),
}
_OF_OTHERS = _Words(
    _("Your agent desktop could not open this panel"),
    _("It sent an access token the portal does not accept."),
    _("Tell your administrator, and give the code and the reference."),
)


class RefusalView(NamedTuple):
    """A refusal for a page. `is_curable` says that a fresh launch or sign-in helps; the panel asks for it."""

    code: str
    http_status: int
    title: str
    text: str
    next_step: str
    is_curable: bool
    reference: str


def refusal(reason: LaunchCode, reference: str, kind: Kind = Kind.OWN) -> RefusalView:
    """Give the texts for a reason; `reference` is the correlation id of the request, `kind` the desktop's."""
    words = _words(reason, kind)
    return RefusalView(
        code=reason.value,
        http_status=_status(reason),
        title=str(words.title),
        text=str(words.text),
        next_step=str(words.next_step),
        is_curable=reason in _CURABLE,
        reference=reference,
    )


def _status(reason: LaunchCode) -> int:
    if reason is LaunchCode.MEMORY:
        return 503
    if reason is LaunchCode.CODES_FULL:
        return 429
    if reason in _UNREADABLE | {LaunchCode.MISSING}:
        return 400
    if reason in _CURABLE | {LaunchCode.NOT_YET}:
        return 401
    return 403


def _words(reason: LaunchCode, kind: Kind) -> _Words:
    if reason is LaunchCode.UNSIGNED and kind in _UNSIGNED:
        return _UNSIGNED[kind]
    return next((words for reasons, words in _WORDS if reason in reasons), _OF_OTHERS)
