"""The admin site: its index with the dashboard, and the pages that belong to no table.

The package `orders.admin` registers its pages here when it is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

_View = TypeVar("_View", bound="Callable[..., HttpResponseBase]")

_SEE_THE_DAY = ("view_accesslogentry", "view_apiexchange")
_TOOLS = (
    ("use_inspector", "inspector", _("Inspector")),
    ("check_connection", "connection", _("Connection check")),
    ("view_embedhost", "embed-hosts", _("Embed hosts")),
)


class PortalAdminSite(admin.AdminSite):
    """Django's admin site with the portal's names."""

    site_header = _("Order items: administration")
    site_title = _("Order items")
    index_title = _("Overview")
    index_template = "admin/orders/overview.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the dashboard above the tables; 403 for staff who may see neither nor use a tool."""
        from ercportal.readiness import cache_warnings
        from orders.accounts.landing import has_admin_page
        from orders.admin.dashboard.charts import charts
        from orders.admin.dashboard.figures import last_day
        from orders.admin.dashboard.rows import endpoint_rows, error_rows
        from orders.admin.missing import account_warnings

        if not has_admin_page(request):
            raise PermissionDenied
        day = last_day() if any(request.user.has_perm(f"orders.{name}") for name in _SEE_THE_DAY) else None
        tools = [
            (title, reverse(f"admin:{name}"))
            for permission, name, title in _TOOLS
            if request.user.has_perm(f"orders.{permission}")
        ]
        may_check = request.user.has_perm("orders.check_connection")
        context = {
            "day": day,
            "charts": charts(day.hours) if day else (),
            "errors": error_rows(day.errors) if day else (),
            "endpoints": endpoint_rows(day.endpoints) if day else (),
            "tools": tools,
            "warnings": (*cache_warnings(), *(account_warnings() if may_check else ())),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:  # noqa: FBT001, FBT002 - Django's signature
        """Wrap a page for staff, and refuse parameters that a database cannot take."""
        return super().admin_view(_without_nul(view), cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Give Django's pages and the portal's, except the redirect to a row's page: no row has one."""
        from orders.admin.connection import connection
        from orders.admin.embed_hosts import embed_hosts
        from orders.admin.inspector.view import inspector

        return [
            path("inspector/", self.admin_view(inspector), name="inspector"),
            path("connection/", self.admin_view(connection), name="connection"),
            path("orders/embedhost/", self.admin_view(embed_hosts), name="embed-hosts"),
            *(one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"),
        ]


def _without_nul(view: _View) -> _View:
    """Refuse requests with NUL, which PostgreSQL accepts nowhere."""

    @wraps(view)
    def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = (
            part
            for form in (request.GET, request.POST)
            for name, values in form.lists()
            for part in (name, *values)
        )
        if any("\x00" in part for part in (request.path_info, *sent)):
            raise BadRequest("a parameter holds NUL")
        return view(request, *args, **kwargs)

    return cast("_View", without_nul)
