"""The admin site: its index with the dashboard, and the pages that belong to no table.

It stands beside the package `orders.admin`, which registers its pages with it when it is imported.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from orders.presenters.charts import charts

_SEE_THE_DAY = ("view_accesslogentry", "view_apiexchange")
_TOOLS = (
    ("use_inspector", "inspector", _("Inspector")),
    ("check_connection", "connection", _("Connection check")),
)


class PortalAdminSite(admin.AdminSite):
    """Django's admin site with the portal's names."""

    site_header = _("Order items: administration")
    site_title = _("Order items")
    index_title = _("Overview")
    index_template = "admin/orders/overview.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The tables, and above them how the last day went; 403 for staff who may see neither nor use a tool."""
        from orders.dashboard import last_day
        from orders.readiness import cache_warnings

        day = last_day() if any(request.user.has_perm(f"orders.{name}") for name in _SEE_THE_DAY) else None
        tools = [
            (title, reverse(f"admin:{name}"))
            for permission, name, title in _TOOLS
            if request.user.has_perm(f"orders.{permission}")
        ]
        if not (day or tools or self.get_app_list(request)):
            raise PermissionDenied
        context = {
            "day": day,
            "charts": charts(day.hours) if day else (),
            "tools": tools,
            "warnings": cache_warnings(),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's pages and the portal's."""
        from orders.admin.connection import connection
        from orders.admin.inspector import inspector

        return [
            path("inspector/", self.admin_view(inspector), name="inspector"),
            path("connection/", self.admin_view(connection), name="connection"),
            *super().get_urls(),
        ]
