"""A page of the current embed hosts, without their keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from orders.embed.registry import registry


@require_safe
def embed_hosts(request: HttpRequest) -> HttpResponse:
    """Show hosts with their origins, ids of keys, and who is switched off, at /admin/orders/embedhost/."""
    if not request.user.has_perm("orders.view_embedhost"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": gettext("Embed hosts"),
        "hosts": list(registry().hosts().values()),
        "problem": registry().problem,
        "source": "EMBED_HOSTS_FILE" if settings.EMBED_HOSTS_FILE else "EMBED_HOSTS",
        "audience": settings.EMBED_AUDIENCE,
    }
    return TemplateResponse(request, "admin/orders/embed_hosts.html", context)
