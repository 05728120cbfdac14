"""Pages of the portal in which a signed-in agent lets a panel go on in their name.

They are no pages of a frame: the portal's cookies and single sign-on work here.
"""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from orders.core.request import SignedInRequest
from orders.embed import panel_codes
from orders.embed.by_slug import find_desktop
from orders.embed.error_view import refusal
from orders.embed.errors import LaunchRefused
from orders.embed.frames import require_enabled
from orders.embed.hosts import EmbedHost
from orders.embed.one_time_codes import is_challenge, make_code
from orders.embed.sessions import SignedIn, require_rights
from orders.presenters.dates import when_exactly

logger = logging.getLogger(__name__)

# What the page of a code shows: the form, and after it the desktop that asks.
_NOTHING = {"is_done": False, "is_unknown": False, "minutes": 0, "typed": "", "desktop": "", "since": None}


@require_safe
@permission_required("orders.look_up", raise_exception=True)
def sign_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """Hand a one-time code to the panel that opened this window. Raises Http404 where no panel can have."""
    desktop = find_desktop(slug)
    challenge = request.GET.get("challenge", "")
    if desktop is None or desktop.signs_agents or not is_challenge(challenge):
        raise Http404
    try:
        _require(request, desktop)
    except LaunchRefused as refused:
        return _refuse(request, refused)
    code = make_code(desktop, challenge, _agent(request))
    response = render(request, "embed/popup.html", {"code": code})
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("orders.look_up", raise_exception=True)
def confirm_code(request: SignedInRequest) -> HttpResponse:
    """Ask for the code of a panel, say which desktop's it is, and let the agent confirm it."""
    if request.method != "POST":
        return _show(request)
    typed = request.POST.get("code", "")[:100]
    try:
        waiting = panel_codes.find_waiting(request.user, typed)
    except panel_codes.TooManyTries:
        logger.warning("panel codes locked", extra={"account": request.user.pk})
        response = _show(request, status=429, minutes=panel_codes.TRY_MINUTES)
        response["Retry-After"] = str(panel_codes.TRY_MINUTES * 60)
        return response
    desktop = find_desktop(waiting.slug) if waiting else None
    if waiting is None or desktop is None or desktop.signs_agents:
        return _show(request, status=400, is_unknown=True, typed=typed)
    try:
        _require(request, desktop)
    except LaunchRefused as refused:
        return _refuse(request, refused)
    if "confirm" not in request.POST:
        code = panel_codes.written(typed)
        return _show(request, desktop=desktop.name, since=when_exactly(waiting.created), typed=code)
    is_done = panel_codes.confirm(waiting, request.user, _agent(request))
    return _show(request, status=200 if is_done else 400, is_done=is_done, is_unknown=not is_done)


def _require(request: SignedInRequest, desktop: EmbedHost) -> None:
    """Raise LaunchRefused unless the desktop is in use, and the user may be its agent."""
    require_enabled(desktop)
    require_rights(request.user, desktop)


def _agent(request: SignedInRequest) -> SignedIn:
    user = request.user
    session_key = request.session.session_key or ""
    return SignedIn(user.pk, user.get_username(), session_key, translation.get_language() or "")


def _show(request: SignedInRequest, *, status: int = 200, **shown: object) -> HttpResponse:
    context = {**_NOTHING, **shown}
    return render(request, "embed/code.html", context, status=status)


def _refuse(request: SignedInRequest, refused: LaunchRefused) -> HttpResponse:
    issuer = refused.host.issuer if refused.host else ""
    extra = {"code": refused.reason.value, "reason": str(refused), "issuer": issuer}
    logger.warning("embed refused", extra=extra)
    view = refusal(refused.reason, request.correlation_id)
    return render(request, "embed/popup_refused.html", {"refusal": view}, status=view.http_status)
