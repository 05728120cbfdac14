"""Responds to what was typed into the find box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from orders.audit.access_log import NotRecorded, Viewer
from orders.audit.searches import SearchLimited
from orders.core.request import PortalRequest
from orders.erc.query import is_usable_id
from orders.lookup.find import Reading
from orders.lookup.find.form import FindForm
from orders.lookup.find.search import Found, find
from orders.pages.fragments import form_error, render_page, wants_fragment
from orders.presenters.errors import ErrorView, recording_error, search_limited
from orders.presenters.found import FoundView, found_page
from orders.presenters.links import customer_link, start_link
from orders.presenters.search_errors import search_error


class SeeOther(HttpResponseRedirect):
    """A redirect that browsers follow by GET, so that neither reload nor back posts anything again."""

    status_code = 303


class Subject(NamedTuple):
    """A customer, and one of their orders or none in particular (empty)."""

    customer_id: str
    order_id: str = ""


def respond(
    request: PortalRequest,
    form: FindForm,
    viewer: Viewer,
    *,
    items_address: str,
    customers_address: str,
    page_template: str,
) -> HttpResponse:
    """Lead to the one customer or order that fits, or list those to choose from.

    What was typed stands in no address: neither in that of a redirect, nor in what htmx writes into the history.
    """
    page: FoundView | None = None
    if not form.is_valid():
        error: ErrorView | None = form_error(form)
    elif both := form.ids:
        return SeeOther(start_link(items_address, both.text, both.order_id))
    else:
        found, error = search(form.searches, viewer, request.correlation_id)
        if found and (subject := only_subject(found) or _untried_ids(form, found)):
            return SeeOther(_address_of(subject, items_address, customers_address))
        if found and not error:
            page = found_page(
                found, timezone.now(), items_address=items_address, customers_address=customers_address
            )
    context = {"found": page, "error": error, "typed": form.typed, "page": None, "takes_focus": True}
    template = "lookup/_found_results.html" if wants_fragment(request) else page_template
    response = render_page(request, template, context, error)
    response["HX-Push-Url"] = "false"
    return response


def search(
    readings: Sequence[Reading], viewer: Viewer, correlation_id: str, *, retry_link: str = ""
) -> tuple[Found | None, ErrorView | None]:
    """Search; give what was found, or None without a search, and why nothing could be searched for, if so."""
    try:
        found = find(readings, viewer, correlation_id)
    except SearchLimited as limited:
        return None, search_limited(limited.retry_after, correlation_id)
    except NotRecorded:
        return None, recording_error(retry_link, correlation_id)
    if found.error is None:
        return found, None
    is_offered = bool(found.failures)
    return found, search_error(found.error, correlation_id, retry_link=retry_link, is_offered=is_offered)


def only_subject(found: Found) -> Subject | None:
    """Give the one whom a search has found for sure; None where an agent has to choose."""
    customer, order = found.only_customer, found.only_order
    if customer and is_usable_id(customer.customer_id):
        return Subject(customer.customer_id)
    if order and order.customer_id and is_usable_id(order.customer_id) and is_usable_id(order.id):
        return Subject(order.customer_id, order.id)
    return None


def _untried_ids(form: FindForm, found: Found) -> Subject | None:
    """Give the ids that a text can be as well, once it is known that nothing else fits."""
    both = form.possible_ids if found.is_empty and not found.failures else None
    return Subject(both.text, both.order_id) if both else None


def _address_of(subject: Subject, items_address: str, customers_address: str) -> str:
    """Give the address of an order's items, or of a customer's orders."""
    return start_link(items_address, *subject) or customer_link(customers_address, subject.customer_id)
