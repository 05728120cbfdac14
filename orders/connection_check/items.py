"""The step that asks for an order's items, which are what must work."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from orders.audit.access_log import Access
from orders.connection_check.calls import Called, Calls
from orders.connection_check.steps import FAILED, OK, WARNING, StepResult
from orders.connection_check.subject import Subject
from orders.connection_check.troubles import explain_trouble, upstream_words
from orders.erc.errors import ErcError
from orders.erc.query import ItemsQuery
from orders.models import Source

_NOTE = "connection check: only the number of items is shown"


def check_items(calls: Calls, subject: Subject) -> tuple[StepResult, Access]:
    """Get one page of an order's items, and give the access to record; without an order, expect the API's 404."""
    query = ItemsQuery(customer_id=subject.customer_id, order_id=subject.order_id, limit=1)
    called = calls.get(query)
    access = Access(
        subject.customer_id,
        subject.order_id,
        outcome=called.error.kind if called.error else "ok",
        items=None if called.error else len(called.page.items),
        source=Source.LIVE,
        duration_ms=called.duration_ms,
        note=_NOTE,
    )
    if called.error:
        return _explain(called.error, called, is_made_up=subject.is_made_up), access
    return _describe(called), access


def _describe(called: Called) -> StepResult:
    count, odd = len(called.page.items), len(called.page.unreadable) + len(called.page.defaulted)
    finding = ngettext("%(count)d item came.", "%(count)d items came.", count) % {"count": count}
    if odd:
        advice = gettext("%(odd)d parts of the answer could not be read; the inspector shows which.")
        return StepResult(WARNING, finding, advice % {"odd": odd})
    return StepResult(OK, finding)


def _explain(error: ErcError, called: Called, *, is_made_up: bool) -> StepResult:
    told = upstream_words(error)
    early_access = gettext(
        "The API is in Early Access: ask your account team to enable it. Then check region and ERC_ITEMS_PATH."
    )
    if error.status == 404 and called.has_the_apis_words and is_made_up:
        finding = gettext("The API answers; no order was given to look for.")
        return StepResult(OK, finding, gettext("Give a customer id and an order id to see one."))
    if error.status == 404 and called.has_the_apis_words:
        advice = gettext("Check both ids. If they are right: ") + early_access
        return StepResult(FAILED, gettext("The API knows no such order") + told, advice)
    if error.status in (403, 404):
        return StepResult(FAILED, gettext("The API does not let this account in") + told, early_access)
    if error.status == 401:
        advice = gettext("The token is good, but not here: check that ERC_API_BASE_URL is of the token’s region.")
        return StepResult(FAILED, gettext("The API refused a fresh token") + told, advice)
    if error.status == 400 and called.has_the_apis_words and is_made_up:
        finding = gettext("The API answers; it does not take made-up ids.")
        return StepResult(OK, finding, gettext("Give a customer id and an order id to see one."))
    return explain_trouble(error)
