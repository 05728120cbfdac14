"""The addresses of a desktop of another kind than our own: its launch, its page, and who its contact is.

The slug in the address chooses the settings before anything is read, so nothing unverified decides on the key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.utils.translation import get_language_from_request, get_supported_language_variant
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders.core.request import PortalRequest
from orders.embed import sessions
from orders.embed.by_slug import of_desktop
from orders.embed.contact import Contact, read_contact
from orders.embed.desktops import salesforce, zendesk
from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.desktops.genesys_conversation import find_customer
from orders.embed.errors import ConversationCode, ConversationError, LaunchCode, LaunchRefused, Look
from orders.embed.frames import require_enabled, require_frame, require_named_origins
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.launches import Launch
from orders.embed.launching import launch_panel, refuse_launch, show_panel, show_sign_in
from orders.embed.registry import registry
from orders.embed.responses import no_page, refuse
from orders.embed.sources import Sources
from orders.models import Proof

logger = logging.getLogger(__name__)


class _Protocol(NamedTuple):
    """The form field that holds a desktop's launch, what verifies it, and what reads its look for a refusal."""

    field: str
    verify: Callable[[str, EmbedHost], Launch]
    look: Callable[[str], Look] = lambda _text: Look()


_PROTOCOLS = {
    Kind.SALESFORCE: _Protocol("signed_request", salesforce.verify, salesforce.look),
    Kind.ZENDESK: _Protocol("token", zendesk.verify),
}


@require_http_methods(["GET", "POST"])
@of_desktop
def launch(request: PortalRequest, desktop: EmbedHost) -> HttpResponse:
    """Show the panel for what the desktop has signed; with HX-Request only its changing part.

    A desktop that does not sign its launch gets the address instead.
    """
    protocol = _PROTOCOLS.get(desktop.kind)
    if protocol is None:
        return no_page(request)
    if request.method == "GET":
        unsigned = LaunchRefused(LaunchCode.UNSIGNED, host=desktop)
        return refuse_launch(request, unsigned, _look(request, desktop), desktop)
    try:
        text = request.POST.get(protocol.field, "")
    except (RequestDataTooBig, TooManyFieldsSent):
        return refuse_launch(request, LaunchRefused(LaunchCode.TOO_LARGE, host=desktop), Look(), desktop)

    def verify() -> Launch:
        launched = protocol.verify(text, desktop)
        require_named_origins(request, desktop)
        return launched

    return launch_panel(request, verify, look=lambda: protocol.look(text), desktop=desktop)


@require_GET
@of_desktop
def page(request: PortalRequest, desktop: EmbedHost) -> HttpResponse:
    """Show the panel's page, in which the agent signs in; or that the desktop has to sign its launch."""
    look = _look(request, desktop)
    try:
        _require_unsigned(desktop)
        require_enabled(desktop)
        require_frame(request, desktop)
    except LaunchRefused as refused:
        return refuse_launch(request, refused, look, desktop)
    return show_sign_in(request, desktop, look)


def _look(request: PortalRequest, desktop: EmbedHost) -> Look:
    """Give the look of what the browser asks for, where no launch says any."""
    return Look(locale=_desktop_language(request, desktop) or get_language_from_request(request))


def _desktop_language(request: PortalRequest, desktop: EmbedHost) -> str:
    """Give the language that Genesys fills into the address; empty where it is none of the portal's."""
    tag = request.GET.get("gcLangTag", "") if desktop.kind is Kind.GENESYS else ""
    try:
        return get_supported_language_variant(tag.replace("_", "-"))
    except (LookupError, ValueError):
        return ""


def _require_unsigned(desktop: EmbedHost) -> None:
    """Raise LaunchRefused where the desktop signs its agents, so that they need not sign in."""
    if desktop.signs_agents:
        raise LaunchRefused(LaunchCode.UNSIGNED, host=desktop)


@require_POST
@of_desktop
def context(request: PortalRequest, desktop: EmbedHost) -> HttpResponse:
    """Show the panel of the same agent for another contact, as the desktop's script or its own system tells it."""
    token = request.headers.get(sessions.HEADER, "")
    try:
        session = sessions.read_session(token, registry().hosts())
        _require_told(session, desktop)
        contact, problem = _hear(request, desktop)
    except LaunchRefused as refused:
        return refuse(request, refused, sessions.look(token), refused.reason, desktop.origins, desktop=desktop)
    session = session.tell(contact)
    response = show_panel(request, session, desktop, order_id=contact.order_id, problem=problem)
    response[sessions.HEADER] = session.to_token()
    return response


def _hear(request: PortalRequest, desktop: EmbedHost) -> tuple[Contact, ConversationCode | None]:
    """Give the contact, and why the desktop's own system named none, if it did not. Raises LaunchRefused."""
    try:
        told = {name: request.POST.getlist(name) for name in Sources._fields}
    except (RequestDataTooBig, TooManyFieldsSent):
        raise LaunchRefused(LaunchCode.TOO_LARGE, host=desktop) from None
    if not isinstance(desktop, GenesysDesktop):
        return read_contact(told), None
    if any(told.values()):
        raise LaunchRefused(LaunchCode.VERIFIED_ONLY, host=desktop)
    try:
        values = find_customer(desktop, request.POST.get("conversation_id", ""), request.correlation_id)
    except ConversationError as error:
        extra = {"code": error.code.value, "reason": str(error), "issuer": desktop.issuer}
        logger.warning("conversation not read", extra=extra)
        return Contact(), error.code
    return read_contact(values), None


def _require_told(session: sessions.EmbedSession, desktop: EmbedHost) -> None:
    """Raise LaunchRefused unless the session is of this desktop, and its script may tell who the customer is."""
    if session.issuer != desktop.issuer:
        raise LaunchRefused(LaunchCode.SESSION_SUBJECT, "a session of another desktop", desktop)
    if desktop.proof is Proof.SIGNED:
        raise LaunchRefused(LaunchCode.SIGNED_ONLY, host=desktop)
