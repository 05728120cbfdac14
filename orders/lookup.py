"""One look-up as every surface carries it out: the form, the service, and what the templates print."""

from __future__ import annotations

from typing import Any, NamedTuple

from orders import services
from orders.erc.errors import ErcError
from orders.forms import LookupForm
from orders.presenters.errors import ErrorView, input_error, upstream_error
from orders.presenters.links import items_link
from orders.presenters.page import PageView, items_page


class Answered(NamedTuple):
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


def misstated(form: LookupForm) -> Answered:
    """What to correct in a form that is not valid."""
    return Answered(
        error=input_error(tuple(str(problem) for errors in form.errors.values() for problem in errors))
    )


def looked_up(form: LookupForm, *, address: str, correlation_id: str) -> Answered:
    """The answer to a valid form; its links lead to the surface at `address`."""
    query, sealed_trail = form.query(), form.sealed_trail
    try:
        listing = services.list_order_items(
            query, sealed_trail=sealed_trail, correlation_id=correlation_id, refresh=form.is_refresh
        )
    except ErcError as error:
        return Answered(error=upstream_error(error, items_link(address, query, {}, sealed_trail), correlation_id))
    return Answered(page=items_page(listing, address))
