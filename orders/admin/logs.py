"""The pages of the two logs, accesses to customer data and exchanges with the API, which link to each other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from orders.admin.bounded import MAX_ROWS, BoundedPaginator
from orders.admin.export import csv_lines
from orders.admin.filters import (
    AgentFilter,
    EndpointFilter,
    ExchangeOutcomeFilter,
    FromFilter,
    HostFilter,
    OutcomeFilter,
    ProofFilter,
    UntilFilter,
)
from orders.admin.log_search import PostedSearch, SearchTextFilter
from orders.admin.not_recorded import recording_error
from orders.admin.outcomes import outcome_name
from orders.admin.read_only import ReadOnlyAdmin
from orders.audit import access_log
from orders.audit.access_log import Access, NotRecorded, signed_in_viewer
from orders.connection_check.endpoints import route_name
from orders.models import AccessLogEntry, ApiExchange, Surface


class _NewestFirst(ChangeList):
    """Allows only the index's order: sorting by another column would read the whole table."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        self.params.pop(ORDER_VAR, None)
        return super().get_ordering(request, queryset)


class LogAdmin(PostedSearch, ReadOnlyAdmin):
    """Base of both logs."""

    change_list_template = "admin/orders/log_list.html"
    change_form_template = "admin/orders/log_entry.html"
    # Facets would read the whole table for each count.
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's
        return _NewestFirst

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, "most_rows": MAX_ROWS, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name)
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def refusal(self, request: HttpRequest, surface: Surface, view: Access) -> TemplateResponse | None:
        """Record an access to customer data before it is shown; return a refusal where that fails."""
        try:
            access_log.record(signed_in_viewer(request, surface), view, request.correlation_id)  # type: ignore[attr-defined]
        except NotRecorded:
            return recording_error(request)
        return None

    @admin.display(description=_("outcome"))
    def outcome_words(self, row: Any) -> str:
        return outcome_name(row.outcome)

    @admin.display(description=_("when"), ordering="-at")
    def when(self, row: Any) -> str:
        """Say the time to the second, with the site's zone."""
        return timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S %Z")


@admin.register(AccessLogEntry)
class AccessLogAdmin(LogAdmin):
    """Lists accesses to customer data."""

    list_display = (
        "when",
        "who",
        "surface",
        "kind",
        "customer_id",
        "order_id",
        "page",
        "outcome_words",
        "items",
        "source",
        "duration_ms",
    )
    list_filter = (
        SearchTextFilter,
        FromFilter,
        UntilFilter,
        AgentFilter,
        HostFilter,
        "surface",
        ProofFilter,
        "kind",
        OutcomeFilter,
    )
    exact_fields = ("customer_id", "order_id", "correlation_id")
    has_digests = True
    search_help_text = _(
        "The exact customer id, order id or correlation id (an agent’s “Reference”), or what an agent searched "
        "for: an e-mail address, a phone number, an order number or a name."
    )
    sortable_by = ()

    @admin.display(description=_("agent"))
    def who(self, row: AccessLogEntry) -> str:
        """Name the agent, the embed host, and how its customer came to the panel."""
        if not row.host:
            return row.agent
        return f"{row.agent} ({', '.join(filter(None, (row.host, row.get_proof_display())))})"

    @admin.display(description=_("API exchanges"))
    def exchanges(self, row: AccessLogEntry) -> str:
        """Link to the exchanges of this access."""
        return _log_link(ApiExchange, row.correlation_id)

    def get_fields(self, request: HttpRequest, _obj: Any = None) -> list[Any]:
        fields = _shown_fields(AccessLogEntry, "id", "at")
        return [*fields, "exchanges"] if request.user.has_perm("orders.view_apiexchange") else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export_view), name="orders_accesslogentry_export")
        return [export, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_export = request.user.has_perm("orders.export_accesslogentry")
        return super().changelist_view(request, {"may_export": may_export, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Export the rows of the current filter as CSV; record the export first."""
        if not self.has_view_permission(request) or not request.user.has_perm("orders.export_accesslogentry"):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            # Show the list without an impossible filter, as it does itself.
            return redirect("admin:orders_accesslogentry_changelist")
        view = Access(note=f"access log, filter: {urlencode(sorted(request.GET.items())) or 'none'}")
        if refusal := self.refusal(request, Surface.EXPORT, view):
            return refusal
        name = f"access-log-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
        return StreamingHttpResponse(
            csv_lines(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


@admin.register(ApiExchange)
class ApiExchangeAdmin(LogAdmin):
    """Lists exchanges with the API."""

    list_display = (
        "when",
        "endpoint",
        "status",
        "outcome_words",
        "code",
        "duration_ms",
        "number_of_attempts",
    )
    list_filter = (FromFilter, UntilFilter, EndpointFilter, ExchangeOutcomeFilter)
    exact_fields = ("correlation_id", "code")
    search_help_text = _("The exact correlation id (an agent’s “Reference”) or upstream code.")
    sortable_by = ()

    @admin.display(description=_("endpoint"))
    def endpoint(self, row: ApiExchange) -> str:
        """Name the endpoint in plain words; the row's own page has its path."""
        return route_name(row.route, settings.ERC_PATHS)

    @admin.display(description=_("attempts"))
    def number_of_attempts(self, row: ApiExchange) -> int:
        return len(row.attempts)

    @admin.display(description=_("views"))
    def views(self, row: ApiExchange) -> str:
        """Link to the access that caused this exchange."""
        return _log_link(AccessLogEntry, row.correlation_id)

    @admin.display(description=_("attempts"))
    def attempts_table(self, row: ApiExchange) -> str:
        return format_html("<pre>{}</pre>", "\n".join(map(_attempt_line, row.attempts)) or "–")

    @admin.display(description=_("body"))
    def body_text(self, row: ApiExchange) -> str:
        return format_html("<pre>{}</pre>", row.body) if row.body else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("body")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Record the access first if the exchange has a body, because a body shows customer data."""
        row = self.get_object(request, unquote(object_id)) if self.has_view_permission(request) else None
        if row and row.body and (refusal := self.refusal(request, Surface.EXCHANGE, _view_of(row))):
            return refusal
        return super().change_view(request, object_id, form_url, extra_context)

    def get_fields(self, request: HttpRequest, _obj: Any = None) -> list[Any]:
        fields = _shown_fields(ApiExchange, "id", "at", "attempts", "body")
        links = ["views"] if request.user.has_perm("orders.view_accesslogentry") else []
        return [*fields, *links, "attempts_table", "body_text"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj)


def _shown_fields(model: type[Model], *without: str) -> list[Any]:
    names = (field.name for field in model._meta.fields if field.name not in without)
    return ["when", *("outcome_words" if name == "outcome" else name for name in names)]


def _view_of(row: ApiExchange) -> Access:
    """Describe the access to a stored body; customer and order are those of the exchange's look-up."""
    looked_up = AccessLogEntry.objects.filter(correlation_id=row.correlation_id).exclude(customer_id="")
    customer_id, order_id = looked_up.values_list("customer_id", "order_id").first() or ("", "")
    return Access(customer_id, order_id, note=f"body of API exchange {row.pk}")


def _attempt_line(attempt: dict[str, Any]) -> str:
    return (
        f"{attempt.get('number')}. +{attempt.get('began_ms')} ms  {attempt.get('duration_ms')} ms  "
        f"{attempt.get('status') or '–'}  {outcome_name(str(attempt.get('outcome')))}  {attempt.get('size')} B"
    )


def _log_link(model: type[Model], correlation_id: str) -> str:
    address = reverse(f"admin:orders_{model._meta.model_name}_changelist")
    return format_html('<a href="{}?{}">{}</a>', address, urlencode({"q": correlation_id}), correlation_id)
