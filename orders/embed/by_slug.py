"""Gives the views of a desktop's own addresses the desktop whose slug stands there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_headers

from orders.core.request import PortalRequest
from orders.embed import sessions
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.registry import registry
from orders.embed.responses import no_page


def find_desktop(slug: str) -> EmbedHost | None:
    """Find the desktop of another kind than our own by its slug."""
    desktop = registry().hosts().get(slug)
    return None if desktop is None or desktop.kind is Kind.OWN else desktop


def of_desktop(
    view: Callable[[PortalRequest, EmbedHost], HttpResponse],
) -> Callable[[PortalRequest, str], HttpResponse]:
    """Give a view the desktop whose slug stands in the address; 404 where there is none."""

    @login_not_required
    @csrf_exempt
    @vary_on_headers("HX-Request", sessions.HEADER)
    @wraps(view)
    def respond(request: PortalRequest, slug: str) -> HttpResponse:
        desktop = find_desktop(slug)
        return no_page(request) if desktop is None else view(request, desktop)

    return respond
