"""Asks the API for what is inspected, and records the access as any surface does."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

from orders.admin.inspector.inspectable import Inspectable
from orders.audit import access_log
from orders.audit.access_log import Access, Viewer
from orders.audit.searches import Sought, start_search
from orders.erc import CallContext
from orders.erc.customers import CustomersPage
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError
from orders.erc.orders import OrdersPage
from orders.erc.query import Query
from orders.lookup.cached_pages import Freshness, cached_pages
from orders.models import Source


class Inspection(NamedTuple):
    """What came of a request: a page or an error."""

    page: Any = None
    error: ErcError | None = None
    duration_ms: float = 0.0


def inspect(
    inspected: Inspectable, query: Query[Any], given: Mapping[str, Any], viewer: Viewer, correlation_id: str
) -> Inspection:
    """Ask the API, past the cache, and record the access.

    A search counts as any other, because an engineer could read out the customer base as well as an agent. Raises
    SearchLimited before anything is asked, and NotRecorded: then show nothing.
    """
    if "q" not in inspected.fields:
        inspection = _ask(query, correlation_id)
        access_log.record(viewer, _access(inspected, inspection, given), correlation_id)
        return inspection
    sought = Sought(inspected.kind, given["q"])
    search = start_search(viewer, sought, correlation_id)
    inspection = _ask(query, correlation_id)
    search.end(sought, _access(inspected, inspection, given))
    return inspection


def _ask(query: Query[Any], correlation_id: str) -> Inspection:
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    started = time.monotonic()
    page, error = None, None
    try:
        page = cached_pages().get(query, context, freshness=Freshness.LIVE).page
    except ErcError as caught:
        error = caught
    return Inspection(page, error, (time.monotonic() - started) * 1000)


def _access(inspected: Inspectable, inspection: Inspection, given: Mapping[str, Any]) -> Access:
    return Access(
        given.get("customer_id", ""),
        given.get("order_id", ""),
        outcome=inspection.error.kind if inspection.error else "ok",
        items=_count(inspection.page),
        source=Source.LIVE,
        duration_ms=inspection.duration_ms,
        note=f"inspector: {inspected.endpoint}",
        kind=inspected.kind,
    )


def _count(page: Any) -> int | None:
    if isinstance(page, CustomersPage):
        return len(page.contacts)
    return len(page.orders) if isinstance(page, OrdersPage) else None
