"""Views of an open panel, for the customer of its embed token and nobody else.

A panel that was launched without a customer's id has to find its customer first: `found` searches for what the
launch names. Where one customer fits, the panel is bound to them at once; where several do, to the one whom the
agent opens first. Where nobody fits, nobody can be shown by mistake, and the agent may `find`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from orders.audit.access_log import Viewer
from orders.core.client_address import client_address
from orders.core.localization import find_zone
from orders.core.request import PortalRequest, is_quiet
from orders.embed import sessions
from orders.embed.candidates import keep_best, shown_ids
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost
from orders.embed.panel_view import FIRST, opened_panel, other_orders_panel
from orders.embed.registry import registry
from orders.embed.responses import omit_referrer, refuse, use_look
from orders.embed.sessions import EmbedSession
from orders.embed.sought import unseal_sought
from orders.erc.errors import NotFound
from orders.lookup.customer_forms import CustomerForm, NarrowForm
from orders.lookup.find import Kind, Reading
from orders.lookup.find.form import FindForm
from orders.lookup.find.ids import bare_id
from orders.lookup.find.search import Found
from orders.lookup.forms import LookupForm
from orders.lookup.paging import is_expected_cursor
from orders.lookup.service import Lookup
from orders.models import Proof, Surface
from orders.pages.customer_orders import respond_orders
from orders.pages.find import Subject, only_subject, search
from orders.pages.fragments import form_error, render_page
from orders.pages.items import respond
from orders.pages.message import respond_message
from orders.presenters.errors import ErrorView
from orders.presenters.found import FoundView, found_page

ZONE_HEADER = "Time-Zone"
"""The header in which the panel's script names the browser's zone; the frame has no cookie for it."""


class Panel(NamedTuple):
    """The panel that asks: its session, and its desktop."""

    session: EmbedSession
    host: EmbedHost

    def viewer(self, request: PortalRequest) -> Viewer:
        """Give its agent for the access log."""
        session = self.session
        return Viewer(
            Surface.EMBED,
            session.agent,
            client_address(request),
            session.issuer,
            account=session.account or None,
            proof=Proof.TOLD if session.may_search or session.is_searched else self.host.proof,
        )

    def refusal(self, detail: str = "") -> LaunchRefused:
        """Give the refusal of what the session does not allow."""
        return LaunchRefused(LaunchCode.SESSION_SUBJECT, detail, self.host)


class Shown(NamedTuple):
    """The response to a panel, and the session with which it goes on."""

    response: HttpResponse
    session: EmbedSession


PanelView = Callable[[PortalRequest, Panel], Shown]


def _for_panel(view: PanelView) -> Callable[[PortalRequest], HttpResponse]:
    """Let a view respond to the panel of an embed token, and refuse all others before anything is asked."""

    @login_not_required
    @csrf_exempt
    @vary_on_headers("HX-Request", sessions.HEADER, ZONE_HEADER)
    @wraps(view)
    def respond_to_panel(request: PortalRequest) -> HttpResponse:
        hosts = registry().hosts()
        token = request.headers.get(sessions.HEADER, "")
        try:
            session = sessions.read_session(token, hosts, is_quiet=is_quiet(request))
            with use_look(session.look, request.headers.get(ZONE_HEADER, "")):
                shown = view(request, Panel(session, hosts[session.issuer]))
        except LaunchRefused as refused:
            return refuse(request, refused, sessions.look(token), refused.reason)
        response, session = shown
        response[sessions.HEADER] = (session if is_quiet(request) else session.renew()).to_token()
        # No history entry: the panel has no address to return to.
        response["HX-Push-Url"] = "false"
        return omit_referrer(response)

    return respond_to_panel


@require_GET
@_for_panel
def orders(request: PortalRequest, panel: Panel) -> Shown:
    """Show one order's items."""
    session = panel.session
    data = {"customer_id": session.customer_id, "order_id": session.order_id, **request.GET.dict()}
    form = LookupForm(data)
    # Clean the ids as the form does, so that the check sees the ids that are sent.
    subject = Subject(bare_id(str(data["customer_id"])), bare_id(str(data["order_id"])))
    if session.can_choose(subject.customer_id):
        return _bind(request, panel, subject)
    if not session.allows(*subject):
        raise panel.refusal()
    if form.is_valid() and not is_expected_cursor(form.query(), form.state):
        raise panel.refusal("a cursor that this list did not lead on to")
    has_no_order = False

    def note(lookup: Lookup | None) -> Mapping[str, Any]:
        nonlocal has_no_order
        is_missing = lookup is not None and isinstance(lookup.error, NotFound)
        has_no_order = bool(session.order_id) and is_missing and form.query().is_of_whole_order
        return {}

    response = respond(
        request,
        form,
        panel.viewer(request),
        address=reverse("embed-orders"),
        orders_address="" if session.order_id else reverse("embed-customers"),
        message_address=reverse("embed-message"),
        customer_language=session.customer_locale,
        customer_zone=find_zone(session.customer_zone),
        show_beside=note,
    )
    return _offer_other_orders(request, panel, response) if has_no_order else Shown(response, session)


@require_GET
@_for_panel
def message(request: PortalRequest, panel: Panel) -> Shown:
    """Make a message for the customer about one of their orders."""
    form = LookupForm(request.GET)
    customer_id, order_id = (bare_id(request.GET.get(name, "")) for name in ("customer_id", "order_id"))
    if not panel.session.allows(customer_id, order_id):
        raise panel.refusal()
    response = respond_message(request, form, panel.viewer(request), address=reverse("embed-orders"))
    return Shown(response, panel.session)


@require_http_methods(["GET", "POST"])
@_for_panel
def customers(request: PortalRequest, panel: Panel) -> Shown:
    """Show the customer's orders; posted is the number that narrows them."""
    session = panel.session
    data = {"customer_id": session.customer_id, **request.GET.dict(), **request.POST.dict()}
    customer_id = bare_id(str(data["customer_id"]))
    if session.can_choose(customer_id):
        return _bind(request, panel, Subject(customer_id))
    if not session.allows_list(customer_id):
        raise panel.refusal()
    response = respond_orders(
        request,
        NarrowForm(data) if request.method == "POST" else CustomerForm(data),
        panel.viewer(request),
        address=reverse("embed-customers"),
        items_address=reverse("embed-orders"),
        opens_only_order=request.GET.get(FIRST) == "1",
    )
    return Shown(response, session)


@require_GET
@_for_panel
def found(request: PortalRequest, panel: Panel) -> Shown:
    """Search for what the launch names instead of a customer."""
    if panel.session.is_bound:
        raise panel.refusal()
    readings = unseal_sought(panel.session.sought)
    if not readings and panel.session.may_search:
        return _show(request, panel.session, typed="")
    if not readings:
        # The secret that sealed it is gone; a fresh launch brings it anew.
        raise LaunchRefused(LaunchCode.SESSION_EXPIRED, host=panel.host)
    return _search(request, panel, readings, typed=readings[0].text, narrow=keep_best)


@require_POST
@_for_panel
def find(request: PortalRequest, panel: Panel) -> Shown:
    """Search for what the agent has typed, where nobody fits what the launch names."""
    if panel.session.is_bound or not panel.session.may_search:
        raise panel.refusal()
    form = FindForm(request.POST)
    if not form.is_valid():
        return _show(request, panel.session, typed=form.typed, error=form_error(form))
    both = form.ids
    if both is None:
        return _search(request, panel, form.searches, typed=form.typed)
    ids = LookupForm({"customer_id": both.text, "order_id": both.order_id})
    if not ids.is_valid():
        return _show(request, panel.session, typed=form.typed, error=form_error(ids))
    # Bound to an id that nobody has, the panel could find nobody any more.
    customer = Reading(Kind.CUSTOMER_ID, both.text)
    return _search(request, panel, (customer,), typed=form.typed, order_id=both.order_id)


def _offer_other_orders(request: PortalRequest, panel: Panel, response: HttpResponse) -> Shown:
    """Let the agent try another order of the same customer: the launch names one that does not exist.

    The likeliest reason is a digit that was heard or typed wrongly.
    """
    session = panel.session.open_other_orders()
    view = other_orders_panel(session, panel.session.order_id)
    response.write(render_to_string("embed/_other_order.html", {"panel": view}, request))
    return Shown(response, session)


def _search(
    request: PortalRequest,
    panel: Panel,
    readings: Sequence[Reading],
    *,
    typed: str,
    narrow: Callable[[Found], Found] = lambda found: found,
    order_id: str = "",
) -> Shown:
    """Search, and bind the panel to the one customer who fits; `order_id` is the one to open of theirs."""
    retry_link = reverse("embed-found") if request.method == "GET" else ""
    result, error = search(readings, panel.viewer(request), request.correlation_id, retry_link=retry_link)
    if result is None:
        return _show(request, panel.session, typed=typed, error=error)
    result = narrow(result)
    if subject := only_subject(result):
        return _bind(request, panel, Subject(subject.customer_id, order_id or subject.order_id))
    page = found_page(
        result,
        timezone.now(),
        items_address=reverse("embed-orders"),
        customers_address=reverse("embed-customers"),
    )
    is_nobody = result.is_empty and not result.failures
    session = panel.session.offer(shown_ids(result), may_search=panel.session.may_search or is_nobody)
    return _show(request, session, typed=typed, found=None if error else page, error=error)


def _show(
    request: PortalRequest,
    session: EmbedSession,
    *,
    typed: str,
    found: FoundView | None = None,
    error: ErrorView | None = None,
) -> Shown:
    """Show what a search has found, or why it found nothing; with the box where the agent may search."""
    context = {"found": found, "error": error, "typed": typed, "has_box": session.may_search}
    context["takes_focus"] = _is_asked(request)
    return Shown(render_page(request, "embed/_found.html", context, error), session)


def _bind(request: PortalRequest, panel: Panel, subject: Subject) -> Shown:
    """Bind the panel to a customer for good, and let it begin anew, as if it had been launched for them."""
    session = panel.session.bind(subject.customer_id)
    view = opened_panel(session, panel.host, order_id=subject.order_id, takes_focus=_is_asked(request))
    # The token comes in the header, as always.
    response = render(request, "embed/_panel.html", {"panel": view, "token": "", "refusal": None})
    response["HX-Retarget"] = "#panel"
    response["HX-Reswap"] = "outerHTML"
    return Shown(response, session)


def _is_asked(request: PortalRequest) -> bool:
    """Whether the agent has asked, and not the panel by itself, which leaves the focus to the desktop."""
    return request.path != reverse("embed-found")
