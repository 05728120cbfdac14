"""Responds to a look-up, the same way on every surface: form, service, template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render

from orders.audit.access_log import NotRecorded, Viewer
from orders.core.request import PortalRequest
from orders.lookup import service
from orders.lookup.forms import LIST_PARAMS, LookupForm, merge_list_params
from orders.lookup.item_pages import Freshness
from orders.lookup.service import Lookup
from orders.presenters.errors import ErrorView, input_error, recording_error, upstream_error
from orders.presenters.links import items_link
from orders.presenters.page import items_page


def respond(
    request: PortalRequest,
    form: LookupForm,
    viewer: Viewer,
    *,
    address: str,
    page_template: str = "",
    customer_zone: ZoneInfo | None = None,
    freshness: Freshness | None = None,
    show_beside: Callable[[Lookup | None], Mapping[str, Any]] = lambda _lookup: {},
) -> HttpResponse:
    """Carry out a form's look-up, and respond with the page or with the fragment that htmx asked for.

    The links lead to the surface at `address`; one without a `page_template` has fragments only. With the
    customer's zone, the page shows the time there. `show_beside` adds to the template context; it gets None where
    nothing of the order may be shown.
    """
    if LIST_PARAMS in request.GET:
        return redirect(merge_list_params(address.partition("?")[0], request.GET))
    lookup: Lookup | None = None
    error: ErrorView | None = None
    if form.is_valid():
        query = form.query()
        retry_link = items_link(address, query, {}, form.state)
        try:
            lookup = service.look_up(
                query,
                viewer,
                request.correlation_id,
                state=form.state,
                freshness=freshness or (Freshness.NEW if form.is_refresh else Freshness.CACHED),
                pages=form.pages,
            )
        except NotRecorded:
            error = recording_error(retry_link, request.correlation_id)
        else:
            if lookup.error:
                error = upstream_error(lookup.error, retry_link, request.correlation_id)
    elif form.is_asked:
        error = form_error(form)
    listing = lookup.listing if lookup else None
    page = items_page(listing, address, customer_zone) if listing else None
    context = {"lookup": form.data, "page": page, "error": error, **show_beside(lookup)}
    return _render(request, page_template, context, error)


def form_error(form: LookupForm) -> ErrorView:
    """List what to correct in an invalid form."""
    return input_error(tuple(str(problem) for errors in form.errors.values() for problem in errors))


def wants_fragment(request: PortalRequest) -> bool:
    """Whether htmx asked for a part of the page, not for the whole to restore its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def _render(
    request: PortalRequest, page_template: str, context: Mapping[str, Any], error: ErrorView | None
) -> HttpResponse:
    if page_template and not wants_fragment(request):
        template = page_template
    else:
        template = "lookup/_more.html" if request.GET.get("cursor") else "lookup/_results.html"
    response = render(request, template, context, status=error.http_status if error else 200)
    if error and error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response
