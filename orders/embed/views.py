"""The launch of the embedded panel by a signed token; then htmx sends embed tokens (`open_panel`). No cookies."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from orders.core.request import PortalRequest
from orders.embed import launch_tokens
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.launches import Launch
from orders.embed.launching import launch_panel, refuse_launch
from orders.embed.registry import registry
from orders.embed.responses import no_page


@login_not_required
@csrf_exempt
@require_POST
@vary_on_headers("HX-Request")
def launch(request: PortalRequest) -> HttpResponse:
    """Show the panel for a launch token in the form field `token`; with HX-Request only its changing part."""
    try:
        token = request.POST.get("token", "")
    except (RequestDataTooBig, TooManyFieldsSent):
        return refuse_launch(request, LaunchRefused(LaunchCode.TOO_LARGE), Look())
    return launch_panel(
        request, lambda: _verify(token, is_by_address=False), look=lambda: launch_tokens.look(token)
    )


@login_not_required
@require_GET
def launch_by_address(request: PortalRequest) -> HttpResponse:
    """Show the panel for a launch token in the address, which its script removes from the address."""
    token = request.GET.get("token", "")
    return launch_panel(
        request, lambda: _verify(token, is_by_address=True), look=lambda: launch_tokens.look(token)
    )


def _verify(token: str, *, is_by_address: bool) -> Launch:
    launched = launch_tokens.verify(token, registry().hosts(), settings.EMBED_AUDIENCE)
    if launched.sought and is_by_address:
        # Anybody could read there what a caller says.
        raise LaunchRefused(LaunchCode.CLAIMS, "a token without a customer_id must be posted", launched.host)
    return launched


@login_not_required
@csrf_exempt
def not_found(request: PortalRequest, _rest: str) -> HttpResponse:
    """Respond 404."""
    return no_page(request)
