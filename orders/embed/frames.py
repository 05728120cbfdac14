"""Who may frame an embed page. Every other page refuses all frames (CSP and X-Frame-Options, settings)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orders.embed.hosts import EmbedHost
from orders.embed.refusals import Reason, Refused

_FRAMES = {"iframe", "frame", "fenced"}


def let_frame(response: HttpResponse, origins: Sequence[str]) -> None:
    """Let pages of these origins frame the answer, and nobody where there are none."""
    if not origins:
        return
    # The two attributes that django-csp's and Django's own decorators set; these know no origins per request.
    response._csp_replace = {"frame-ancestors": list(origins)}  # type: ignore[attr-defined]  # noqa: SLF001
    response.xframe_options_exempt = True


def asking_origins(request: HttpRequest, hosts: Mapping[str, EmbedHost]) -> tuple[str, ...]:
    """The origin that the browser says the request comes from, if it is a host's; nothing tells the others apart.

    For answers to requests that prove no host: an agent still has to see the words.
    """
    given = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(given)
    except ValueError:
        return ()
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return (origin,) if any(host.has_origin(origin) for host in hosts.values()) else ()


def require_frame(request: HttpRequest, host: EmbedHost) -> None:
    """Raises Refused where the browser says that it opens the panel as a page of its own; not under DEBUG."""
    destination = request.headers.get("Sec-Fetch-Dest", "")
    is_own_script = destination == "empty"
    if settings.DEBUG or not destination or destination in _FRAMES or is_own_script:
        return
    raise Refused(Reason.NOT_FRAMED, host=host)
