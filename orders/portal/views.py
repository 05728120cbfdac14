"""The portal's pages: read the request, call one service, present, render."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from orders.accounts.landing import first_page, open_pages
from orders.audit.access_log import signed_in_viewer
from orders.core.localization import CHOSEN_ZONE_COOKIE, ZONE_COOKIE_SECONDS, find_zone, zone_names
from orders.core.request import SignedInRequest
from orders.lookup.customer_forms import CustomerForm, NarrowForm
from orders.lookup.find.form import FindForm
from orders.lookup.forms import LookupForm
from orders.models import Surface
from orders.pages import find as find_page
from orders.pages.customer_orders import respond_orders
from orders.pages.fragments import form_error, wants_fragment
from orders.pages.items import respond
from orders.pages.message import respond_message
from orders.portal.recent import pin, recent, unpin
from orders.portal.recent_view import recent_views


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Redirect to the first page that the user may open. Raises PermissionDenied where there is none."""
    pages = open_pages(request)
    if not pages:
        raise PermissionDenied
    return redirect(pages[0].address)


@require_safe
@permission_required("orders.look_up", raise_exception=True)
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "Cookie")
def items(request: SignedInRequest) -> HttpResponse:
    """Show the look-up and one order's items: a whole page, or the fragment that htmx asked for."""
    form = LookupForm(request.GET)
    if not form.is_asked:
        return _start(request)
    customer_zone = find_zone(request.GET.get("customer_zone", ""))
    stays = f"?{urlencode({'customer_zone': customer_zone.key})}" if customer_zone else ""
    return respond(
        request,
        form,
        signed_in_viewer(request, Surface.PORTAL),
        address=reverse("items") + stays,
        orders_address=reverse("customers"),
        message_address=reverse("message"),
        page_template="portal/page.html",
        customer_zone=customer_zone,
    )


@require_safe
@permission_required("orders.look_up", raise_exception=True)
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "Cookie")
def message(request: SignedInRequest) -> HttpResponse:
    """Show a message for the customer about an order or one of its items, ready to be copied."""
    return respond_message(
        request,
        LookupForm(request.GET),
        signed_in_viewer(request, Surface.PORTAL),
        address=reverse("items"),
        page_template="portal/message.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("orders.look_up", raise_exception=True)
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "Cookie")
def customer_orders(request: SignedInRequest) -> HttpResponse:
    """Show a customer's orders; posted is the number that narrows them."""
    form = (
        NarrowForm({**request.GET.dict(), **request.POST.dict()})
        if request.method == "POST"
        else CustomerForm(request.GET)
    )
    return respond_orders(
        request,
        form,
        signed_in_viewer(request, Surface.PORTAL),
        address=reverse("customers"),
        items_address=reverse("items"),
        page_template="portal/customer.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("orders.look_up", raise_exception=True)
@vary_on_headers("HX-Request", "Cookie")
def find(request: SignedInRequest) -> HttpResponse:
    """Find what was typed into the box; without it, as after a sign-in or a reload, show the start page."""
    if request.method != "POST":
        return redirect("items")
    return find_page.respond(
        request,
        FindForm(request.POST),
        signed_in_viewer(request, Surface.PORTAL),
        items_address=reverse("items"),
        customers_address=reverse("customers"),
        page_template="portal/found.html",
    )


def _start(request: SignedInRequest) -> HttpResponse:
    """Show the page without an order: the find box, pinned and recent look-ups."""
    known = recent(request.user)
    address = reverse("items")
    context = {
        "page": None,
        "error": None,
        "is_start": True,
        "pinned": recent_views(known.pinned, address),
        "latest": recent_views(known.latest, address),
        "samples": settings.SAMPLE_SEARCHES,
    }
    template = "portal/_start_results.html" if wants_fragment(request) else "portal/page.html"
    return render(request, template, context)


@require_POST
@permission_required("orders.look_up", raise_exception=True)
def change_pin(request: SignedInRequest, *, is_pinned: bool) -> HttpResponse:
    """Pin or unpin an order of the user, and redirect to the start; ignore impossible ids."""
    ids = {f"{name}_id": request.POST.get(name, "").strip() for name in ("customer", "order")}
    if is_pinned:
        form = LookupForm(ids)
        if not form.is_valid():
            context = {"page": None, "error": form_error(form)}
            return render(request, "portal/page.html", context, status=400)
        pin(request.user, **ids)
    elif all(text.isprintable() for text in ids.values()):
        unpin(request.user, **ids)
    return redirect("items")


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("Cookie")
def choose_zone(request: HttpRequest) -> HttpResponse:
    """Choose the zone of times for this browser; the browser's own without a choice."""
    if request.method != "POST":
        chosen = find_zone(request.COOKIES.get(CHOSEN_ZONE_COOKIE, ""))
        context = {"zones": zone_names(), "chosen": chosen.key if chosen else ""}
        return render(request, "portal/zone.html", context)
    response = redirect(first_page(request))
    zone = find_zone(request.POST.get("zone", ""))
    if zone is None:
        response.delete_cookie(CHOSEN_ZONE_COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            CHOSEN_ZONE_COOKIE,
            zone.key,
            max_age=ZONE_COOKIE_SECONDS,
            secure=not settings.DEBUG,
            httponly=True,
            samesite="Lax",
        )
    return response
