"""Responds to launches of the panel, whatever protocol brings them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from orders.core.request import PortalRequest
from orders.embed.errors import HIDDEN_CODES, UNVERIFIED_CODES, ConversationCode, LaunchCode, LaunchRefused, Look
from orders.embed.frames import asking_origins, let_frame, require_frame, require_origin
from orders.embed.hosts import EmbedHost
from orders.embed.launches import Launch, consume
from orders.embed.notice_view import notice
from orders.embed.panel_view import empty_panel, opened_panel
from orders.embed.registry import registry
from orders.embed.responses import omit_referrer, refuse, use_look
from orders.embed.sessions import EmbedSession, start_session
from orders.lookup.customer_forms import CustomerForm
from orders.lookup.customer_orders import list_ahead
from orders.lookup.forms import LookupForm
from orders.lookup.service import look_up_ahead

logger = logging.getLogger(__name__)


def launch_panel(
    request: PortalRequest,
    verify: Callable[[], Launch],
    *,
    look: Callable[[], Look] = Look,
    desktop: EmbedHost | None = None,
) -> HttpResponse:
    """Show the panel of a launch, or why there is none.

    `verify` gives the launch or raises LaunchRefused; `look` gives that of the refusal. `desktop` is known by the
    address, where it is of another kind than our own.
    """
    try:
        launched = verify()
        require_frame(request, launched.host)
        require_origin(request, launched.host)
        consume(launched)
    except LaunchRefused as refused:
        return refuse_launch(request, refused, look(), desktop)
    session = start_session(launched)
    logger.info("embed launched", extra={"issuer": session.issuer, "kid": session.kid})
    response = show_panel(request, session, launched.host)
    if request.headers.get("Sec-Fetch-Dest") == "iframe":
        _ask_ahead(session, request.correlation_id)
    return response


def _ask_ahead(session: EmbedSession, correlation_id: str) -> None:
    """Start what the panel will ask for once the browser has loaded its frame, so that it waits for less."""
    if session.order_id:
        order = LookupForm({"customer_id": session.customer_id, "order_id": session.order_id})
        if order.is_valid():
            look_up_ahead(order.query(), correlation_id)
    elif session.is_bound:
        orders = CustomerForm({"customer_id": session.customer_id})
        if orders.is_valid():
            list_ahead(orders.query(), correlation_id)


def show_panel(
    request: PortalRequest,
    session: EmbedSession,
    host: EmbedHost,
    *,
    order_id: str = "",
    problem: ConversationCode | None = None,
) -> HttpResponse:
    """Show the panel of a session, opened at an order; with HX-Request only its changing part.

    `problem` is why the desktop's own system named no customer.
    """
    with use_look(session.look):
        view = opened_panel(session, host, order_id=order_id)
        if problem:
            view = view._replace(notice=notice(problem, request.correlation_id))
        template = "embed/_panel.html" if request.headers.get("HX-Request") else "embed/page.html"
        response = render(request, template, {"panel": view, "token": session.to_token(), "refusal": None})
    let_frame(response, host.origins)
    return omit_referrer(response)


def show_sign_in(request: PortalRequest, host: EmbedHost, look: Look) -> HttpResponse:
    """Show the panel's page without anybody's data, in which the agent signs in to the portal."""
    with use_look(look):
        view = empty_panel(host.origins, look.theme, host)._replace(is_signed_out=True)
        response = render(request, "embed/page.html", {"panel": view, "token": "", "refusal": None})
    let_frame(response, host.origins)
    patch_vary_headers(response, ("Accept-Language",))
    return omit_referrer(response)


def refuse_launch(
    request: PortalRequest, refused: LaunchRefused, look: Look, desktop: EmbedHost | None = None
) -> HttpResponse:
    """Show why there is no panel, to the pages that may frame it."""
    proven = desktop or (refused.host if refused.reason not in UNVERIFIED_CODES else None)
    origins = proven.origins if proven else asking_origins(request, registry().hosts())
    told = LaunchCode.UNTRUSTED if refused.reason in HIDDEN_CODES else refused.reason
    response = refuse(request, refused, look, told, origins, desktop=desktop)
    let_frame(response, origins)
    return response
