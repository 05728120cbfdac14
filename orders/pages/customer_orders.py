"""Responds with a customer's orders."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from orders.audit.access_log import NotRecorded, Viewer
from orders.core.request import PortalRequest
from orders.lookup.cached_pages import Freshness
from orders.lookup.customer_forms import CustomerForm, NarrowForm
from orders.lookup.customer_orders import CustomerOrders, list_customer_orders
from orders.lookup.order_listing import OrderListing
from orders.lookup.paging import End
from orders.pages.fragments import form_error, render_page, wants_fragment
from orders.presenters.customer_orders import OrdersPageView, customer_view, orders_page
from orders.presenters.errors import ErrorView, recording_error
from orders.presenters.links import orders_link
from orders.presenters.order_list_errors import order_list_error


def respond_orders(
    request: PortalRequest,
    form: CustomerForm | NarrowForm,
    viewer: Viewer,
    *,
    address: str,
    items_address: str,
    page_template: str = "",
    opens_only_order: bool = False,
) -> HttpResponse:
    """Respond with a form's page of orders, or with the fragment that htmx asked for.

    The links lead to the surface's list at `address`, and to its items at `items_address`; a surface without a
    `page_template` has fragments only. A list that is to be narrowed is redirected to, and with `opens_only_order`
    so is the customer's only order.
    """
    is_more = bool(request.GET.get("cursor"))
    is_fragment = not page_template or wants_fragment(request)
    found = CustomerOrders()
    error: ErrorView | None = None
    if not form.is_valid():
        error = form_error(form)
    elif isinstance(form, NarrowForm):
        return redirect(orders_link(address, form.query()))
    else:
        query = form.query()
        retry_link = orders_link(address, query, state=form.state)
        try:
            found = list_customer_orders(
                query,
                viewer,
                request.correlation_id,
                state=form.state,
                freshness=Freshness.NEW if form.is_refresh else Freshness.CACHED,
                pages=form.pages,
                asks_who=not (is_fragment and is_more),
            )
        except NotRecorded:
            error = recording_error(retry_link, request.correlation_id)
        else:
            if found.error:
                error = order_list_error(found.error, retry_link, request.correlation_id)
        if error:
            error = error.about(query.customer_id)
    who = customer_view(found.customer, found.contact)
    page = orders_page(found.listing, who, address, items_address) if found.listing else None
    if opens_only_order and found.listing and page and (link := _only_link(found.listing, page)):
        return redirect(link)
    # Who is known by a cookie posts with a token; the panel has no cookie, and must not get one with such a token.
    context = {
        "lookup": form.data,
        "page": page,
        "error": error,
        "lacking": found.lacking,
        "posts_by_cookie": bool(page_template),
    }
    if not is_fragment:
        return render_page(request, page_template, context, error)
    return render_page(request, "lookup/_orders_more.html" if is_more else "lookup/_orders.html", context, error)


def _only_link(listing: OrderListing, page: OrdersPageView) -> str:
    """Link to the customer's only order; empty where there are others, or may be."""
    after = listing.after
    is_whole = listing.end is End.COMPLETE and not (after.unreadable or after.beyond or listing.query.search)
    return page.rows[0].link if is_whole and after.shown == len(page.rows) == 1 else ""
