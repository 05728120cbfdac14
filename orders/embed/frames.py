"""Decides which pages may frame an embed page. All other pages refuse frames by the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost

_FRAMES = {"iframe", "frame", "fencedframe"}


def let_frame(response: HttpResponse, origins: Sequence[str]) -> None:
    """Let pages of these origins frame the response; without origins no page may."""
    if not origins:
        return
    # The attributes that the decorators of django-csp and Django set, which cannot take origins per request.
    response._csp_replace = {"frame-ancestors": list(origins)}  # type: ignore[attr-defined]  # noqa: SLF001
    response.xframe_options_exempt = True


def asking_origins(request: HttpRequest, hosts: Mapping[str, EmbedHost]) -> tuple[str, ...]:
    """Give the requesting page's origin if a host has it.

    An agent has to read a refusal, so the requesting page may frame it even if no host is proven; the response
    reveals no other registered origin.
    """
    origin = _asking_origin(request)
    return (origin,) if any(host.has_origin(origin) for host in hosts.values()) else ()


def _asking_origin(request: HttpRequest) -> str:
    # The panel's own script names the origin of the page that sent it a message in a form field.
    if "HX-Request" in request.headers:
        given = request.POST.get("origin", "")
    else:
        given = request.headers.get("Origin") or request.headers.get("Referer", "")
    return _origin(given)


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""


def require_enabled(host: EmbedHost) -> None:
    """Raise LaunchRefused where the host is switched off."""
    if not host.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=host)


def require_frame(request: HttpRequest, host: EmbedHost) -> None:
    """Raise LaunchRefused where the browser opens the panel as a page of its own, except under DEBUG."""
    destination = request.headers.get("Sec-Fetch-Dest", "")
    is_own_script = destination == "empty"
    if settings.DEBUG or not destination or destination in _FRAMES or is_own_script:
        return
    raise LaunchRefused(LaunchCode.NOT_FRAMED, host=host)


def require_origin(request: HttpRequest, host: EmbedHost) -> None:
    """Raise LaunchRefused where the requesting page is known, and is not the host's.

    The browser itself hides the response from foreign frames; this check leaves the token unused and logs the
    cause.
    """
    origin = _asking_origin(request)
    if origin and not host.has_origin(origin):
        raise LaunchRefused(LaunchCode.ORIGIN, f"asked for by a page of {origin}", host)


def require_own_script(request: HttpRequest, host: EmbedHost) -> None:
    """Raise LaunchRefused where the browser says that a page of another site asks.

    Any page that an agent visits could otherwise use up what one network gets.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise LaunchRefused(LaunchCode.ORIGIN, "asked for by a page that is not the portal's", host)


def require_named_origins(request: HttpRequest, host: EmbedHost) -> None:
    """Raise LaunchRefused where the address names an `origin` to talk to that is not the host's."""
    for named in request.GET.getlist("origin"):
        if not host.has_origin(named):
            detail = f"the address names the origin {_origin(named) or 'of no page'}"
            raise LaunchRefused(LaunchCode.ORIGIN, detail, host)
