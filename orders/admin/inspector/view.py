"""The inspector: what the portal makes of the API's responses, beside the responses themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from orders.admin.inspector.decoded import decoded_tree
from orders.admin.inspector.form import InspectForm
from orders.admin.inspector.inspectable import BY_IDS, SEARCHES, Inspectable, menus
from orders.admin.inspector.inspecting import Inspection, inspect
from orders.admin.inspector.inspection import exchange_view, findings
from orders.audit import exchange_log
from orders.audit.access_log import NotRecorded, signed_in_viewer
from orders.audit.searches import SearchLimited
from orders.core.request import SignedInRequest
from orders.erc.exchange import Exchange
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import Freshness
from orders.lookup.forms import LookupForm
from orders.lookup.service import Lookup
from orders.models import Surface
from orders.pages.fragments import form_error, render_page
from orders.pages.items import respond
from orders.presenters.errors import ErrorView, input_error, recording_error, search_limited, upstream_error

_PAGE = "inspector/page.html"
_NOTHING: dict[str, Any] = {"page": None, "error": None, "decoded": None, "exchanges": (), "findings": ()}


@require_http_methods(["GET", "HEAD", "POST"])
def inspector(request: SignedInRequest) -> HttpResponse:
    """Show the page at /admin/inspector/, past the cache.

    Ids stand in the address; what a caller says is posted.
    """
    if not request.user.has_perm("orders.use_inspector"):
        raise PermissionDenied
    is_search = request.method == "POST"
    sent = request.POST if is_search else request.GET
    chosen = sent.get("endpoint", EndpointName.ITEMS)
    if chosen == EndpointName.ITEMS and not is_search:
        return _respond_with_items(request)
    inspected = (SEARCHES if is_search else BY_IDS).get(chosen)
    if inspected is None:
        error = input_error((gettext("Choose what to inspect."),))
        return render_page(request, _PAGE, {**_NOTHING, "lookup": {}, "menus": menus(""), "error": error}, error)
    return _respond(request, InspectForm(sent, inspected), inspected, chosen)


def _respond_with_items(request: SignedInRequest) -> HttpResponse:
    with exchange_log.collect() as exchanges:
        return respond(
            request,
            LookupForm(request.GET),
            signed_in_viewer(request, Surface.INSPECTOR),
            address=reverse("admin:inspector"),
            page_template=_PAGE,
            freshness=Freshness.LIVE,
            show_beside=lambda lookup: _items_beside(lookup, exchanges),
        )


def _items_beside(lookup: Lookup | None, exchanges: Sequence[Exchange]) -> dict[str, Any]:
    """Give the exchanges, if they may be shown."""
    shown = {"menus": menus(EndpointName.ITEMS), "decoded": None}
    if lookup is None:
        return {**shown, "exchanges": (), "findings": ()}
    page = lookup.listing.page if lookup.listing else None
    return {**shown, **_said(EndpointName.ITEMS, page, exchanges)}


def _respond(request: SignedInRequest, form: InspectForm, inspected: Inspectable, chosen: str) -> HttpResponse:
    """Respond with what came of a request besides the items."""
    context: dict[str, Any] = {**_NOTHING, "lookup": form.data, "menus": menus(chosen)}
    error: ErrorView | None = None
    if not form.is_valid():
        error = form_error(form) if form.is_filled or request.method == "POST" else None
        return render_page(request, _PAGE, {**context, "error": error}, error)
    viewer, reference = signed_in_viewer(request, Surface.INSPECTOR), request.correlation_id
    retry_link = f"{request.path}?{urlencode(request.GET)}" if request.method == "GET" else ""
    try:
        with exchange_log.collect() as exchanges:
            inspection = inspect(inspected, form.inspected_query(), form.cleaned_data, viewer, reference)
    except SearchLimited as limited:
        error = search_limited(limited.retry_after, reference)
    except NotRecorded:
        error = recording_error(retry_link, reference)
    else:
        error = _error(inspection, retry_link, reference)
        context |= _said(inspected.endpoint, inspection.page, exchanges)
        context["decoded"] = decoded_tree(inspection.page) if inspection.page else None
    return render_page(request, _PAGE, {**context, "error": error}, error)


def _error(inspection: Inspection, retry_link: str, reference: str) -> ErrorView | None:
    if inspection.error is None:
        return None
    view = upstream_error(inspection.error, retry_link, reference)
    # The words for agents speak of an order.
    return view._replace(
        title=gettext("Nothing usable came"), text=gettext("What the API said stands beside."), next_step=""
    )


def _said(endpoint: EndpointName, page: Any, exchanges: Sequence[Exchange]) -> dict[str, Any]:
    # Calls beside the items may still be going on, and end while this is made.
    ended = sorted(exchanges, key=lambda one: one.began)
    return {"exchanges": tuple(map(exchange_view, ended)), "findings": findings(endpoint, page, ended)}
