"""What all responses of the panel have: the look of the launch, no referrer, and refusals in plain words."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from orders.core.localization import find_zone, use_display
from orders.core.request import PortalRequest
from orders.embed.error_view import refusal
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.panel_view import empty_panel

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 5
_REPLACING = {
    "embed-launch",
    "embed-desktop-launch",
    "embed-desktop-context",
    "embed-desktop-session",
    "embed-desktop-code",
}


def refuse(
    request: PortalRequest,
    refused: LaunchRefused,
    look: Look,
    told: LaunchCode,
    origins: Sequence[str] = (),
    *,
    desktop: EmbedHost | None = None,
) -> HttpResponse:
    """Respond to a request that is refused, and log why; the page says `told`. `desktop` is of another kind."""
    host = refused.host
    logger.warning(
        "embed refused",
        extra={"code": refused.reason.value, "reason": str(refused), "issuer": host.issuer if host else ""},
    )
    is_of_panel = _is_of_panel(request)
    if is_of_panel:
        template = "embed/_refusal.html"
    else:
        template = "embed/_panel.html" if "HX-Request" in request.headers else "embed/page.html"
    with use_look(look):
        view = refusal(told, request.correlation_id, desktop.kind if desktop else Kind.OWN)
        context = {"panel": empty_panel(origins, look.theme, desktop), "token": "", "refusal": view}
        response = render(request, template, context, status=view.http_status)
    if view.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(_RETRY_SECONDS)
    if is_of_panel:
        # Replace everything on screen: the session may no longer see it.
        response["HX-Retarget"] = "#results"
        response["HX-Reswap"] = "innerHTML"
    return omit_referrer(response)


def _is_of_panel(request: PortalRequest) -> bool:
    """Whether an open panel asks for its content; what a launch or another contact brings replaces the panel."""
    match = request.resolver_match
    return "HX-Request" in request.headers and not (match and match.url_name in _REPLACING)


def no_page(request: PortalRequest) -> HttpResponse:
    """Respond 404 without a referrer, because a mistyped address may contain a launch token."""
    return omit_referrer(render(request, "404_plain.html", status=404))


def omit_referrer(response: HttpResponse) -> HttpResponse:
    """Omit the referrer, because the address may contain a launch token."""
    response["Referrer-Policy"] = "no-referrer"
    return response


@contextmanager
def use_look(look: Look, browser_zone: str = "") -> Iterator[None]:
    """Use the launch's language and time zone, else the browser's zone; the site's where the portal knows none."""
    try:
        # Desktops send pt_BR as well as pt-BR.
        language = translation.get_supported_language_variant(look.locale.replace("_", "-"))
    except (LookupError, ValueError):
        language = settings.LANGUAGE_CODE
    zone = find_zone(look.zone) or find_zone(browser_zone) or timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone), use_display():
        yield
