"""Responds with a message for the customer about an order, an item or a shipment, in the customer's language.

The languages are not drawn into each page, because an agent copies one message of a page, if any.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation

from orders.audit.access_log import NotRecorded, Viewer
from orders.core.localization import use_display
from orders.core.request import PortalRequest
from orders.lookup import service
from orders.lookup.attention import rules
from orders.lookup.forms import LookupForm
from orders.lookup.listing import Listing
from orders.pages.fragments import form_error, render_page, wants_fragment
from orders.presenters.errors import ErrorView, gone_error, recording_error, upstream_error
from orders.presenters.links import items_link
from orders.presenters.message_form import find_language, language_choices
from orders.presenters.messages import find_message

ABOUT = "about"
"""The parameter for the anchor of the item or of the shipment; without it, the message is about the order."""

LANGUAGE = "language"


def respond_message(
    request: PortalRequest, form: LookupForm, viewer: Viewer, *, address: str, page_template: str = ""
) -> HttpResponse:
    """Make the message of a form's list, as a page or as the fragment that htmx asked for.

    The page links back to the items at `address`.
    """
    listing, error = _look_up(request, form, viewer, address)
    language = find_language(request.GET.get(LANGUAGE, "")) or translation.get_language() or "en"
    text = _message(listing, request.GET.get(ABOUT, ""), language) if listing else ""
    if listing and not text:
        error = gone_error()
    context = {
        "error": error,
        "text": text,
        "language": language,
        "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
        "fields": [(name, value) for name, value in request.GET.items() if name != LANGUAGE],
        "languages": language_choices(language),
        "back_link": items_link(address, form.query(), {}) if listing else "",
    }
    if page_template and not wants_fragment(request):
        return render_page(request, page_template, context, error)
    return render_page(request, "lookup/_message.html", context, error)


def _look_up(
    request: PortalRequest, form: LookupForm, viewer: Viewer, address: str
) -> tuple[Listing | None, ErrorView | None]:
    """List the items as far as they are shown; the order itself is in no message, so it is not asked for."""
    if not form.is_valid():
        return None, form_error(form)
    query = form.query()
    retry_link = items_link(address, query, {})
    try:
        lookup = service.look_up(
            query, viewer, request.correlation_id, state="", pages=form.pages, has_header=False
        )
    except NotRecorded:
        return None, recording_error(retry_link, request.correlation_id)
    if lookup.error:
        return None, upstream_error(lookup.error, retry_link, request.correlation_id)
    return lookup.listing, None


def _message(listing: Listing, about: str, language: str) -> str:
    with translation.override(language), use_display():
        return find_message(listing, about, rules())
