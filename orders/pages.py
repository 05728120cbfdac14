"""One look-up as every surface carries it out: the form, the service, and what the templates print."""

from __future__ import annotations

import time
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from orders.audit import access_log
from orders.audit.access_log import Access, NotRecorded, Viewer
from orders.erc.errors import ErcError
from orders.lookup import service
from orders.lookup.forms import LookupForm
from orders.lookup.listing import Listing, page_number
from orders.models import Source
from orders.presenters.errors import ErrorView, input_error, not_recorded, upstream_error
from orders.presenters.links import items_link
from orders.presenters.page import PageView, items_page


class LookupResult(NamedTuple):
    """What a look-up came to: a page or an error (both None where nothing was looked up)."""

    page: PageView | None = None
    error: ErrorView | None = None

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return self.error.http_status if self.error else 200

    @property
    def headers(self) -> dict[str, str]:
        """The headers that belong to the status."""
        retry_after = self.error.retry_after if self.error else None
        return {} if retry_after is None else {"Retry-After": str(retry_after)}

    @property
    def context(self) -> dict[str, Any]:
        """What the templates of the list print."""
        return {"page": self.page, "error": self.error}


def invalid_input(form: LookupForm) -> LookupResult:
    """What to correct in a form that is not valid."""
    return LookupResult(
        error=input_error(tuple(str(problem) for errors in form.errors.values() for problem in errors))
    )


def look_up(
    form: LookupForm,
    viewer: Viewer,
    *,
    address: str,
    correlation_id: str,
    customer_zone: ZoneInfo | None = None,
) -> LookupResult:
    """The answer to a valid form, recorded in the access log; its links lead to the surface at `address`.

    Where the zone of the customer is known, the page shows what time it is there.
    """
    query, state = form.query(), form.state
    retry_link = items_link(address, query, {}, state)
    started = time.monotonic()
    listing: Listing | None = None
    failure: ErcError | None = None
    try:
        listing = service.list_order_items(
            query,
            state=state,
            correlation_id=correlation_id,
            refresh=form.is_refresh,
            pages=form.pages,
        )
    except ErcError as error:
        failure = error
    view = Access(
        customer_id=query.customer_id,
        order_id=query.order_id,
        page=page_number(query, state),
        outcome=failure.kind if failure else "ok",
        items=len(listing.items) if listing else None,
        source=_source(listing) if listing else "",
        duration_ms=(time.monotonic() - started) * 1000,
    )
    try:
        access_log.record(viewer, view, correlation_id)
    except NotRecorded:
        return LookupResult(error=not_recorded(retry_link, correlation_id))
    if failure:
        return LookupResult(error=upstream_error(failure, retry_link, correlation_id))
    return LookupResult(page=items_page(cast("Listing", listing), address, customer_zone))


def _source(listing: Listing) -> str:
    if listing.stale_because:
        return Source.STALE
    return Source.CACHED if listing.is_cached else Source.LIVE
