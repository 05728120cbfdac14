"""The steps beside the items: whether each other endpoint answers, and what agents lose where it does not.

The items are what must work, so nothing here fails: it warns.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from orders.audit.access_log import Access
from orders.connection_check.calls import Called, Calls
from orders.connection_check.endpoints import loss_without
from orders.connection_check.steps import OK, WARNING, Step, StepResult
from orders.connection_check.subject import Subject
from orders.connection_check.troubles import explain_trouble, upstream_words
from orders.erc.errors import BadRequest, ErcError
from orders.erc.paths import SCOPES, EndpointName
from orders.erc.query import (
    CustomerOrdersQuery,
    CustomerQuery,
    CustomersQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from orders.models import AccessKind, Source

FAMILY = tuple(name for name in EndpointName if name is not EndpointName.ITEMS)
"""The endpoints beside the items, in the order of their steps."""

# Nobody has this address (RFC 2606) or this number.
_NOBODY = "connection-check@nobody.invalid"
_NO_NUMBER = "connection-check"
_NOTE = "connection check: of the customer and the orders, only whether they came is shown"


def check_family(calls: Calls, subject: Subject, seconds: float) -> tuple[list[Step], Access]:
    """Ask every other endpoint at once, and give the access to the customer's data to record."""
    asked = dict(zip(FAMILY, calls.get_at_once([_query(name, subject) for name in FAMILY], seconds), strict=True))
    lacking = calls.lacking_scopes()
    steps = [
        Step(name, *_explain(name, called, lacking, subject), round(called.duration_ms))
        for name, called in asked.items()
    ]
    listed = asked[EndpointName.CUSTOMER_ORDERS]
    access = Access(
        subject.customer_id,
        outcome=listed.error.kind if listed.error else "ok",
        items=None if listed.error else len(listed.page.orders),
        source=Source.LIVE,
        duration_ms=listed.duration_ms,
        note=_NOTE,
        kind=AccessKind.ORDERS,
    )
    return steps, access


def _query(endpoint: EndpointName, subject: Subject) -> Query[Any]:
    customer_id, order_id = subject.customer_id, subject.order_id
    queries: dict[EndpointName, Query[Any]] = {
        EndpointName.CUSTOMERS: CustomersQuery(email=_NOBODY, per_page=1),
        EndpointName.CUSTOMER: CustomerQuery(customer_id=customer_id),
        EndpointName.CUSTOMER_ORDERS: CustomerOrdersQuery(customer_id=customer_id, limit=1),
        EndpointName.ORDERS: OrdersQuery(search=_NO_NUMBER, limit=1),
        EndpointName.ORDER: OrderQuery(customer_id=customer_id, order_id=order_id),
        EndpointName.RECENT_ORDER: RecentOrderQuery(customer_id=customer_id),
    }
    return queries[endpoint]


def _explain(
    endpoint: EndpointName, called: Called, lacking: tuple[str, ...], subject: Subject
) -> tuple[str, str, str]:
    scope = SCOPES[endpoint]
    is_granted = scope in settings.ERC_SCOPES and scope not in lacking
    if called.error is None:
        result = _describe(called.page)
    elif _is_reached(endpoint, called.error, called, subject):
        result = StepResult(OK, gettext("The API answers; it knows no made-up ids."))
    else:
        result = _explain_lack(endpoint, called.error, called, is_granted=is_granted)
    said = gettext("Scope %(scope)s: granted.") if is_granted else gettext("Scope %(scope)s: not granted.")
    return result.state, f"{said % {'scope': scope}} {result.finding}", result.advice


def _describe(page: Any) -> StepResult:
    odd = len(getattr(page, "unreadable", ())) + len(page.defaulted)
    if odd:
        advice = gettext("%(odd)d parts of the answer could not be read; the inspector shows which.")
        return StepResult(WARNING, gettext("The API answers."), advice % {"odd": odd})
    return StepResult(OK, gettext("The API answers."))


def _is_reached(endpoint: EndpointName, error: ErcError, called: Called, subject: Subject) -> bool:
    """Whether the API itself says no more than that it knows no such ids."""
    return _has_ids(endpoint) and subject.is_made_up and called.has_the_apis_words and error.status in (400, 404)


def _explain_lack(endpoint: EndpointName, error: ErcError, called: Called, *, is_granted: bool) -> StepResult:
    """Say what is wrong, what agents lose by it, and what to do."""
    told, loss, scope = upstream_words(error), loss_without(endpoint), {"scope": SCOPES[endpoint]}
    enable = gettext("Ask your account team to enable it, and check its path (ERC_PATHS).")
    if error.status in (401, 403):
        finding, advice = gettext("The API does not let this account in") + told, enable
        if SCOPES[endpoint] not in settings.ERC_SCOPES:
            advice = gettext("Add the scope %(scope)s to the client and to ERC_SCOPES.") % scope
        elif not is_granted:
            advice = gettext("Add the scope %(scope)s to the client.") % scope
    elif error.status == 404 and called.has_the_apis_words and _has_ids(endpoint):
        finding = gettext("The API knows nothing under these ids") + told
        advice = gettext("Check both ids. If they are right: ") + enable
    elif error.status in (404, 405):
        finding, advice = gettext("The account does not have this (%(status)d)") % {"status": error.status}, enable
        finding += told
    elif isinstance(error, BadRequest):
        finding, advice = gettext("The API did not accept what was asked") + told, enable
    else:
        _, finding, advice = explain_trouble(error)
    return StepResult(WARNING, finding, f"{loss} {advice}")


def _has_ids(endpoint: EndpointName) -> bool:
    return endpoint not in (EndpointName.CUSTOMERS, EndpointName.ORDERS)
