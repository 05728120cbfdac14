"""Who may frame an embed page. Every other page refuses all frames (CSP and X-Frame-Options, settings)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost

_FRAMES = {"iframe", "frame", "fencedframe"}


def let_frame(response: HttpResponse, origins: Sequence[str]) -> None:
    """Let pages of these origins frame the response; without origins nobody may."""
    if not origins:
        return
    # The two attributes that django-csp's and Django's own decorators set; these know no origins per request.
    response._csp_replace = {"frame-ancestors": list(origins)}  # type: ignore[attr-defined]  # noqa: SLF001
    response.xframe_options_exempt = True


def asking_origins(request: HttpRequest, hosts: Mapping[str, EmbedHost]) -> tuple[str, ...]:
    """The origin of the page that asks, if it is a host's; nothing tells the others apart.

    Requests that prove no host get their words framed by the page that asks, since an agent has to read them;
    nobody learns which other origins are registered.
    """
    origin = _asking_origin(request)
    return (origin,) if any(host.has_origin(origin) for host in hosts.values()) else ()


def _asking_origin(request: HttpRequest) -> str:
    """The origin of the page that asks for the panel, as far as the browser tells; else empty.

    The panel's own script asks in the name of the page whose message it follows, and a form field says which.
    """
    if "HX-Request" in request.headers:
        given = request.POST.get("origin", "")
    else:
        given = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""


def require_frame(request: HttpRequest, host: EmbedHost) -> None:
    """Raises LaunchRefused where the browser says that it opens the panel as a page of its own.

    Not under DEBUG.
    """
    destination = request.headers.get("Sec-Fetch-Dest", "")
    is_own_script = destination == "empty"
    if settings.DEBUG or not destination or destination in _FRAMES or is_own_script:
        return
    raise LaunchRefused(LaunchCode.NOT_FRAMED, host=host)


def require_origin(request: HttpRequest, host: EmbedHost) -> None:
    """Raises LaunchRefused where the page that asks is known, and is not the host's.

    The browser itself hides the response from frames of others; this leaves the token unused, and tells an
    engineer.
    """
    origin = _asking_origin(request)
    if origin and not host.has_origin(origin):
        raise LaunchRefused(LaunchCode.ORIGIN, f"asked for by a page of {origin}", host)
