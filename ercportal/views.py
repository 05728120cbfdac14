"""The site's own views: health, metrics, the icon, and the page for the portal's own errors."""

from __future__ import annotations

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from ercportal.readiness import readiness
from orders.core import metrics
from orders.embed.registry import monitoring_note


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Show that nothing is there; for a file without the box, so that the session stays unread."""
    is_file = request.path.startswith(settings.STATIC_URL)
    return render(request, "404_plain.html" if is_file else "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the portal's own error as a page, or for htmx as a fragment; 503 for a database outage."""
    template = "lookup/_broken.html" if request.headers.get("HX-Request") else "500.html"
    reference = getattr(request, "correlation_id", "")
    is_database = isinstance(sys.exception(), DatabaseError)
    content = loader.render_to_string(template, {"reference": reference})
    if is_database:
        return HttpResponse(content, status=503, headers={"Retry-After": "5"})
    return HttpResponse(content, status=500)


@login_not_required
@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Redirect to the icon from the address where browsers look by default, as on the admin's pages."""
    return redirect(static("img/icon.svg"))


@login_not_required
@require_safe
def metrics_page(_request: HttpRequest) -> HttpResponse:
    """Show the metrics for Prometheus; 404 unless the setting METRICS is on."""
    if not settings.METRICS:
        raise Http404
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Respond 200 as long as the process can respond."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Respond 200 if the database and the cache work, else 503 with their names; further lines are warnings."""
    try:
        found = readiness()
    except TimeoutError:
        return HttpResponse("not ready: no answer yet\n", content_type="text/plain", status=503)
    lines = [
        f"not ready: {', '.join(found.troubles)}" if found.troubles else "ok",
        *(f"warning: {warning}" for warning in found.warnings),
    ]
    text = "".join(f"{line}\n" for line in lines) + monitoring_note()
    return HttpResponse(text, content_type="text/plain", status=503 if found.troubles else 200)
