"""The registered embed hosts, as the settings or their file have them now; never their keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from orders.admin.read_only import ReadOnlyAdmin
from orders.embed.registry import registry
from orders.models import EmbedHost


@admin.register(EmbedHost)
class EmbedHostAdmin(ReadOnlyAdmin):
    """One page, which lists the hosts."""

    def get_urls(self) -> list[URLPattern]:
        """The list is all there is."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="orders_embedhost_changelist")]

    def changelist_view(self, request: HttpRequest, _extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The hosts with their origins, the ids and algorithms of their keys, and who is switched off."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Embed hosts"),
            "opts": self.opts,
            "hosts": list(registry().hosts().values()),
            "problem": registry().problem,
            "source": "EMBED_HOSTS_FILE" if settings.EMBED_HOSTS_FILE else "EMBED_HOSTS",
            "audience": settings.EMBED_AUDIENCE,
        }
        return TemplateResponse(request, "admin/orders/embedhost/change_list.html", context)
