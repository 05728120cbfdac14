"""The connection check as a page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from orders.admin.missing import missing_features
from orders.admin.not_recorded import recording_error
from orders.audit.access_log import NotRecorded, record, signed_in_viewer
from orders.connection_check.check import check_connection
from orders.core.request import SignedInRequest
from orders.erc.query import has_dot_segment, is_usable_id
from orders.lookup.cached_pages import cached_pages
from orders.lookup.connection import erc_client
from orders.models import Surface


@require_http_methods(["GET", "HEAD", "POST"])
def connection(request: SignedInRequest) -> HttpResponse:
    """Show the page at /admin/connection/.

    One button runs the check, and records the access to an order first; the other offers what the account lacked
    to the agents again.
    """
    if not request.user.has_perm("orders.check_connection"):
        raise PermissionDenied
    if "offer_again" in request.POST:
        cached_pages().missing.forget()
        return redirect(request.path)
    ids = [request.POST.get(name, "").strip() for name in ("customer_id", "order_id")]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": gettext("Connection check"),
        "customer_id": ids[0],
        "order_id": ids[1],
        "steps": (),
        "problem": "",
        "is_held_back": erc_client().is_held_back(),
        "missing": missing_features(),
    }
    if request.method == "POST":
        if any(map(has_dot_segment, ids)):
            context["problem"] = gettext("An id has a part that is “.” or “..”, which no id can have.")
        elif bool(ids[0]) != bool(ids[1]) or not all(is_usable_id(one) for one in ids if one):
            context["problem"] = gettext("Give both ids, as the order system has them, or neither.")
        else:
            correlation_id = request.correlation_id
            viewer = signed_in_viewer(request, Surface.CHECK)
            try:
                context["steps"] = check_connection(
                    ids[0], ids[1], correlation_id, lambda access: record(viewer, access, correlation_id)
                )
            except NotRecorded:
                return recording_error(request)
    status = 400 if context["problem"] else 200
    return TemplateResponse(request, "admin/orders/connection.html", context, status=status)
