"""Responds to a look-up of an order's items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect

from orders.audit.access_log import NotRecorded, Viewer
from orders.core.request import PortalRequest, is_quiet
from orders.erc.paths import EndpointName
from orders.lookup import service
from orders.lookup.cached_pages import Freshness
from orders.lookup.forms import LIST_PARAMS, LookupForm, merge_list_params
from orders.lookup.service import Lookup
from orders.pages.fragments import form_error, render_page, wants_fragment
from orders.presenters.errors import ErrorView, recording_error, upstream_error
from orders.presenters.links import items_link
from orders.presenters.order_header import header_view
from orders.presenters.page import items_page


def respond(
    request: PortalRequest,
    form: LookupForm,
    viewer: Viewer,
    *,
    address: str,
    orders_address: str = "",
    message_address: str = "",
    customer_language: str = "",
    page_template: str = "",
    customer_zone: ZoneInfo | None = None,
    freshness: Freshness | None = None,
    show_beside: Callable[[Lookup | None], Mapping[str, Any]] = lambda _lookup: {},
) -> HttpResponse:
    """Carry out a form's look-up, and respond with the page or with the fragment that htmx asked for.

    The links lead to the surface at `address`; one without a `page_template` has fragments only. A surface that
    lists a customer's orders does so at `orders_address`, to which the page links unless the account lacks them.
    Messages for the customer come from `message_address`, at first in `customer_language`.
    With the customer's zone, the page shows the time there. `show_beside` adds to the template context; it gets
    None where nothing of the order may be shown.
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
                is_quiet=is_quiet(request),
                pages=form.pages,
            )
        except NotRecorded:
            error = recording_error(retry_link, request.correlation_id)
        else:
            if lookup.error:
                error = upstream_error(lookup.error, retry_link, request.correlation_id)
        if error:
            error = error.about(query.customer_id, query.order_id)
    elif form.is_asked:
        error = form_error(form)
    listing = lookup.listing if lookup else None
    lacking = lookup.lacking if lookup else None
    lists_orders = EndpointName.CUSTOMER_ORDERS not in (lacking or ())
    page = (
        items_page(
            listing,
            address,
            customer_zone,
            orders_address=orders_address if lists_orders else "",
            message_address=message_address,
            customer_language=customer_language,
            as_received=form.is_as_received,
        )
        if listing
        else None
    )
    header = header_view(lookup.header, is_quiet=is_quiet(request)) if lookup and lookup.header else None
    context = {
        "lookup": form.data,
        "page": page,
        "header": header,
        "error": error,
        "lacking": lacking,
        **show_beside(lookup),
    }
    if page_template and not wants_fragment(request):
        return render_page(request, page_template, context, error)
    fragment = "lookup/_more.html" if request.GET.get("cursor") else "lookup/_results.html"
    return render_page(request, fragment, context, error)
