"""The inspector: an order as an agent sees it, beside the API's responses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse

from orders.admin.inspector.inspection import exchange_view, findings
from orders.audit import exchange_log
from orders.audit.access_log import signed_in_viewer
from orders.core.request import SignedInRequest
from orders.erc.exchange import Exchange
from orders.lookup.forms import LookupForm
from orders.lookup.item_pages import Freshness
from orders.lookup.service import Lookup
from orders.models import Surface
from orders.pages import respond


def inspector(request: SignedInRequest) -> HttpResponse:
    """Show the page at /admin/inspector/, past the cache."""
    if not request.user.has_perm("orders.use_inspector"):
        raise PermissionDenied
    with exchange_log.collect() as exchanges:
        return respond(
            request,
            LookupForm(request.GET),
            signed_in_viewer(request, Surface.INSPECTOR),
            address=reverse("admin:inspector"),
            page_template="inspector/page.html",
            freshness=Freshness.LIVE,
            show_beside=lambda lookup: _exchanges_beside(lookup, exchanges),
        )


def _exchanges_beside(lookup: Lookup | None, exchanges: Sequence[Exchange]) -> dict[str, Any]:
    """Give the exchanges, if they may be shown."""
    if lookup is None:
        return {"exchanges": (), "findings": ()}
    page = lookup.listing.page if lookup.listing else None
    return {"exchanges": tuple(map(exchange_view, exchanges)), "findings": findings(page, exchanges)}
