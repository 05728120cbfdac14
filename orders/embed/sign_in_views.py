"""The panel's side of signing in to the portal: exchanges a code for the panel's access, or gives a short one.

Another frame's script may ask here, too, but knows neither a code nor the verifier that belongs to it. No cookies.
"""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import Error as DatabaseError
from django.http import HttpResponse, JsonResponse, QueryDict
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_POST

from orders.core.client_address import client_network
from orders.core.request import PortalRequest
from orders.embed import panel_codes, sessions
from orders.embed.by_slug import of_desktop
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.frames import require_enabled, require_own_script
from orders.embed.hosts import EmbedHost
from orders.embed.launching import refuse_launch, show_panel
from orders.embed.one_time_codes import challenge_of, is_challenge, redeem
from orders.embed.panel_codes import Waiting
from orders.embed.responses import no_page, omit_referrer

logger = logging.getLogger(__name__)


@require_POST
@of_desktop
def session(request: PortalRequest, desktop: EmbedHost) -> HttpResponse:
    """Give the panel's access for a one-time `code`, or for the short code that the agent has confirmed.

    While nobody has confirmed it, the response is 202, or 429 to a panel that asks too often.
    """
    if desktop.signs_agents:
        return no_page(request)
    try:
        require_enabled(desktop)
        form = _form(request, desktop)
        agent = _agent(form, desktop)
    except LaunchRefused as refused:
        return refuse_launch(request, refused, _look(request), desktop)
    if isinstance(agent, Waiting):
        response = HttpResponse(status=202 if agent is Waiting.PENDING else 429)
        response["Retry-After"] = str(panel_codes.ASK_SECONDS)
        return omit_referrer(response)
    began = sessions.begin_session(desktop, agent)
    way = "window" if "code" in form else "short code"
    logger.info("embed signed in", extra={"issuer": desktop.issuer, "account": agent.account, "way": way})
    response = show_panel(request, began, desktop)
    response[sessions.HEADER] = began.to_token()
    return response


@require_POST
@of_desktop
def code(request: PortalRequest, desktop: EmbedHost) -> HttpResponse:
    """Give a short code for the `challenge` of a panel, as JSON."""
    if desktop.signs_agents:
        return no_page(request)
    try:
        require_enabled(desktop)
        require_own_script(request, desktop)
        short = _open_code(request, desktop)
    except LaunchRefused as refused:
        return refuse_launch(request, refused, _look(request), desktop)
    return omit_referrer(JsonResponse({"code": short, "seconds": panel_codes.PANEL_CODE_SECONDS}))


def _open_code(request: PortalRequest, desktop: EmbedHost) -> str:
    challenge = _form(request, desktop).get("challenge", "")
    if not is_challenge(challenge):
        raise LaunchRefused(LaunchCode.CODE_FOREIGN, "no challenge", desktop)
    try:
        return panel_codes.open_code(desktop, challenge, client_network(request))
    except DatabaseError as error:
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, desktop) from error


def _form(request: PortalRequest, desktop: EmbedHost) -> QueryDict:
    try:
        return request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        raise LaunchRefused(LaunchCode.TOO_LARGE, host=desktop) from None


def _agent(form: QueryDict, desktop: EmbedHost) -> sessions.SignedIn | Waiting:
    verifier = form.get("verifier", "")
    if "code" in form:
        return redeem(str(form["code"]), verifier, desktop)
    try:
        return panel_codes.collect(desktop, challenge_of(verifier))
    except DatabaseError as error:
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, desktop) from error


def _look(request: PortalRequest) -> Look:
    return Look(locale=get_language_from_request(request))
