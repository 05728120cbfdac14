"""The inspector: an order as an agent sees it, beside what the API really said."""

from __future__ import annotations

import time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from orders.admin.inspector.inspection import exchange_view, findings
from orders.audit import access_log
from orders.audit.access_log import Access, NotRecorded, signed_in_viewer
from orders.lookup import service
from orders.lookup.forms import LIST_PARAMS, LookupForm, merge_list_params
from orders.lookup.listing import page_number
from orders.models import Surface
from orders.pages import LookupResult, invalid_input
from orders.presenters.errors import not_recorded, upstream_error
from orders.presenters.links import items_link
from orders.presenters.page import items_page


def inspector(request: HttpRequest) -> HttpResponse:
    """The page at /admin/inspector/; asks the API anew each time, past the kept answers."""
    if not request.user.has_perm("orders.use_inspector"):
        raise PermissionDenied
    if LIST_PARAMS in request.GET:
        return redirect(merge_list_params(reverse("admin:inspector"), request.GET))
    form = LookupForm(request.GET)
    context: dict[str, Any] = {"lookup": form.data, "exchanges": (), "findings": ()}
    if not form.is_asked:
        answered = LookupResult()
    elif not form.is_valid():
        answered = invalid_input(form)
    else:
        answered = _inspect(request, form, context)
    response = render(request, "inspector/page.html", {**context, **answered.context}, status=answered.status)
    for name, value in answered.headers.items():
        response[name] = value
    return response


def _inspect(request: HttpRequest, form: LookupForm, context: dict[str, Any]) -> LookupResult:
    query, state = form.query(), form.state
    correlation_id: str = request.correlation_id  # type: ignore[attr-defined]
    address = reverse("admin:inspector")
    link = items_link(address, query, {}, state)
    started = time.monotonic()
    inspection = service.inspect_order_items(query, state=state, correlation_id=correlation_id)
    view = Access(
        customer_id=query.customer_id,
        order_id=query.order_id,
        page=page_number(query, state),
        outcome=inspection.error.kind if inspection.error else "ok",
        items=len(inspection.listing.items) if inspection.listing else None,
        source="live",
        duration_ms=(time.monotonic() - started) * 1000,
    )
    try:
        access_log.record(signed_in_viewer(request, Surface.INSPECTOR), view, correlation_id)
    except NotRecorded:
        return LookupResult(error=not_recorded(link, correlation_id))
    page = inspection.listing.page if inspection.listing else None
    context["exchanges"] = tuple(map(exchange_view, inspection.exchanges))
    context["findings"] = findings(page, inspection.exchanges)
    if inspection.error:
        return LookupResult(error=upstream_error(inspection.error, link, correlation_id))
    assert inspection.listing  # noqa: S101 - either of the two is there
    return LookupResult(page=items_page(inspection.listing, address))
