"""Views of the embedded panel: a signed token launches it, then htmx sends an embed token; no cookies."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from orders.audit.access_log import Viewer
from orders.core.client_address import client_address
from orders.core.localization import find_zone, use_display
from orders.core.request import PortalRequest, is_quiet
from orders.embed import launch_tokens, sessions
from orders.embed.error_view import refusal
from orders.embed.errors import HIDDEN_CODES, UNVERIFIED_CODES, LaunchCode, LaunchRefused, Look
from orders.embed.frames import asking_origins, let_frame, require_frame, require_origin
from orders.embed.hosts import EmbedHost
from orders.embed.panel_view import panel
from orders.embed.registry import registry
from orders.embed.sessions import EmbedSession
from orders.lookup.forms import LookupForm
from orders.lookup.listing import is_expected_cursor
from orders.lookup.paste import bare_id
from orders.models import Surface
from orders.pages import respond
from orders.presenters.links import start_link

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 5


@login_not_required
@csrf_exempt
@require_POST
@vary_on_headers("HX-Request")
def launch(request: PortalRequest) -> HttpResponse:
    """Show the panel for a launch token in the form field `token`; with HX-Request only its changing part."""
    try:
        token = request.POST.get("token", "")
    except RequestDataTooBig:
        return _refuse_launch(request, LaunchRefused(LaunchCode.TOO_LARGE), Look())
    return _launch(request, token)


@login_not_required
@require_GET
def launch_by_address(request: PortalRequest) -> HttpResponse:
    """Show the panel for a launch token in the address, which its script removes from the address."""
    return _launch(request, request.GET.get("token", ""))


def _launch(request: PortalRequest, token: str) -> HttpResponse:
    hosts = registry().hosts()
    try:
        launched = launch_tokens.verify(token, hosts, settings.EMBED_AUDIENCE)
        require_frame(request, launched.host)
        require_origin(request, launched.host)
        launch_tokens.consume(launched)
    except LaunchRefused as refused:
        return _refuse_launch(request, refused, launch_tokens.look(token))
    session = sessions.start_session(launched)
    logger.info("embed launched", extra={"issuer": session.issuer, "kid": session.kid})
    with _use_look(session.look):
        link = start_link(reverse("embed-orders"), session.customer_id, session.order_id)
        template = "embed/_panel.html" if request.headers.get("HX-Request") else "embed/page.html"
        origins = launched.host.origins
        view = panel(session, origins, link, theme=session.theme)
        response = render(request, template, {"panel": view, "token": session.to_token(), "refusal": None})
    let_frame(response, origins)
    return _no_referrer(response)


def _refuse_launch(request: PortalRequest, refused: LaunchRefused, look: Look) -> HttpResponse:
    proven = refused.host if refused.reason not in UNVERIFIED_CODES else None
    origins = proven.origins if proven else asking_origins(request, registry().hosts())
    told = LaunchCode.UNTRUSTED if refused.reason in HIDDEN_CODES else refused.reason
    response = _refuse(request, refused, look, told, origins)
    let_frame(response, origins)
    return response


@login_not_required
@require_GET
@vary_on_headers("HX-Request", sessions.HEADER)
def orders(request: PortalRequest) -> HttpResponse:
    """Show one order's items as a fragment, if the embed token allows this customer and order."""
    hosts = registry().hosts()
    token = request.headers.get(sessions.HEADER, "")
    try:
        session = sessions.read_session(token, hosts)
        form = _form(request, session, hosts[session.issuer])
    except LaunchRefused as refused:
        return _refuse(request, refused, sessions.look(token), refused.reason)
    with _use_look(session.look):
        response = respond(
            request,
            form,
            Viewer(Surface.EMBED, session.agent, client_address(request), session.issuer),
            address=reverse("embed-orders"),
            customer_zone=find_zone(session.customer_zone),
        )
    response[sessions.HEADER] = (session if is_quiet(request) else session.renew()).to_token()
    # No history entry: the panel has no address to return to.
    response["HX-Push-Url"] = "false"
    return _no_referrer(response)


@login_not_required
@csrf_exempt
def not_found(request: PortalRequest, _rest: str) -> HttpResponse:
    """Respond 404 without a referrer, because a mistyped address may contain a launch token."""
    return _no_referrer(render(request, "404.html", status=404))


def _form(request: PortalRequest, session: EmbedSession, host: EmbedHost) -> LookupForm:
    """Make the look-up's form. Raises LaunchRefused for anything that the session does not allow."""
    data = {"customer_id": session.customer_id, "order_id": session.order_id, **request.GET.dict()}
    form = LookupForm(data)
    # Clean the ids as the form does, so that the check sees the ids that are sent.
    if not session.allows(bare_id(str(data["customer_id"])), bare_id(str(data["order_id"]))):
        raise LaunchRefused(LaunchCode.SESSION_SUBJECT, host=host)
    if form.is_valid() and not is_expected_cursor(form.query(), form.state):
        raise LaunchRefused(LaunchCode.SESSION_SUBJECT, "a cursor that this list did not lead on to", host)
    return form


def _refuse(
    request: PortalRequest, refused: LaunchRefused, look: Look, told: LaunchCode, origins: Sequence[str] = ()
) -> HttpResponse:
    host = refused.host
    logger.warning(
        "embed refused",
        extra={"code": refused.reason.value, "reason": str(refused), "issuer": host.issuer if host else ""},
    )
    is_fragment = "HX-Request" in request.headers
    is_request_of_panel = is_fragment and request.method == "GET"
    if is_request_of_panel:
        template = "embed/_refusal.html"
    else:
        template = "embed/_panel.html" if is_fragment else "embed/page.html"
    with _use_look(look):
        view = refusal(told, request.correlation_id)
        context = {"panel": panel(None, origins, theme=look.theme), "token": "", "refusal": view}
        response = render(request, template, context, status=view.http_status)
    if view.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(_RETRY_SECONDS)
    if is_request_of_panel:
        # Replace everything on screen: the session may no longer see it.
        response["HX-Retarget"] = "#results"
        response["HX-Reswap"] = "innerHTML"
    return _no_referrer(response)


def _no_referrer(response: HttpResponse) -> HttpResponse:
    """Omit the referrer, because the address may contain a launch token."""
    response["Referrer-Policy"] = "no-referrer"
    return response


@contextmanager
def _use_look(look: Look) -> Iterator[None]:
    """Use the launch's language and time zone; the site's where the portal does not know them."""
    try:
        # Desktops send pt_BR as well as pt-BR.
        language = translation.get_supported_language_variant(look.locale.replace("_", "-"))
    except (LookupError, ValueError):
        language = settings.LANGUAGE_CODE
    zone = find_zone(look.zone) or timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone), use_display():
        yield
