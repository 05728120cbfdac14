"""The frame of the embedded panel around what it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils import translation

from orders.embed.hosts import EmbedHost, Kind
from orders.embed.notice_view import NoticeView
from orders.embed.sessions import EmbedSession
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import cached_pages
from orders.models import Proof
from orders.presenters.links import start_link, with_parameters
from orders.presenters.text import clean

FIRST = "first"
"""The parameter by which a panel's first request for a list is told: a customer's only order is opened at once."""

_THEMES = {"light", "dark"}


class PanelView(NamedTuple):
    """The panel: its customer, its first request, and the origins that it talks to.

    The customer is empty until one is found; the order's raw id is that of a panel for one order alone. `link` is
    the first request, empty where the agent has to enter the order first, which a panel that `has_form` can do;
    `typed` is the order id in that form, that of the order at which the panel was opened or that does not exist.
    `takes_focus` tells that the agent has just chosen the customer. A panel that `is_waiting` has yet to be told
    its customer; one that `is_signed_out` has an agent who has yet to sign in.

    `kind` is that of the desktop. Its script posts a fresh launch to the address `launch`, and to `context` what
    the desktop says at the paths `sources`, which are JSON. Where the agent signs in to the portal, that opens
    `popup` in a window and `confirm` in a tab, and posts to `session` and `code`. A `notice` tells why the desktop
    named no customer.
    """

    theme: str
    language: str
    direction: str
    origins: str
    customer_id: str = ""
    raw_customer_id: str = ""
    raw_order_id: str = ""
    link: str = ""
    has_form: bool = False
    typed: str = ""
    takes_focus: bool = False
    is_waiting: bool = False
    is_signed_out: bool = False
    kind: Kind = Kind.OWN
    launch: str = ""
    context: str = ""
    sources: str = ""
    session: str = ""
    code: str = ""
    popup: str = ""
    confirm: str = ""
    notice: NoticeView | None = None


def empty_panel(origins: Sequence[str], theme: str, desktop: EmbedHost | None = None) -> PanelView:
    """Build the panel of nobody, in the requested theme. `desktop` is of another kind than our own."""
    view = PanelView(
        theme=theme if theme in _THEMES else "",
        language=translation.get_language() or "en",
        direction="rtl" if translation.get_language_bidi() else "ltr",
        origins=" ".join(origins),
        launch=reverse("embed-launch"),
    )
    if desktop is None:
        return view
    slug = [desktop.issuer]
    view = view._replace(kind=desktop.kind, launch=reverse("embed-desktop-launch", args=slug))
    if desktop.proof is Proof.SIGNED:
        return view
    view = view._replace(
        context=reverse("embed-desktop-context", args=slug), sources=json.dumps(desktop.sources._asdict())
    )
    if desktop.signs_agents:
        return view
    return view._replace(
        session=reverse("embed-desktop-session", args=slug),
        code=reverse("embed-desktop-code", args=slug),
        popup=reverse("panel-sign-in", args=slug),
        confirm=reverse("panel-code"),
    )


def opened_panel(
    session: EmbedSession, host: EmbedHost, *, order_id: str = "", takes_focus: bool = False
) -> PanelView:
    """Build the panel of a session: that of its customer, opened at an order or the list, or one that searches."""
    view = empty_panel(host.origins, session.theme, None if host.kind is Kind.OWN else host)
    if session.is_bound:
        return _bound(view, session, order_id, takes_focus=takes_focus)
    if session.sought or session.may_search:
        return view._replace(link=reverse("embed-found"))
    return view._replace(is_waiting=True)


def _bound(view: PanelView, session: EmbedSession, order_id: str, *, takes_focus: bool) -> PanelView:
    customer_id = session.customer_id
    return view._replace(
        customer_id=clean(customer_id),
        raw_customer_id=customer_id,
        raw_order_id=session.order_id,
        link=start_link(reverse("embed-orders"), customer_id, session.order_id or order_id)
        or _list_link(customer_id),
        has_form=not session.order_id,
        typed=order_id,
        takes_focus=takes_focus,
    )


def other_orders_panel(session: EmbedSession, tried: str) -> PanelView:
    """Build the panel of a session whose only order did not exist, with that order's id in its form."""
    customer_id = session.customer_id
    return empty_panel((), session.theme)._replace(
        raw_customer_id=customer_id,
        link=_list_link(customer_id),
        has_form=True,
        typed=tried,
    )


def _list_link(customer_id: str) -> str:
    """Link to the customer's orders; empty where the account lacks them."""
    if cached_pages().missing.names((EndpointName.CUSTOMER_ORDERS,)):
        return ""
    return with_parameters(reverse("embed-customers"), {"customer_id": customer_id, FIRST: "1"})
