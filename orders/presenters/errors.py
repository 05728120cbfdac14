"""Texts for a failed look-up: plain words, the next step, and a reference; no upstream text."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from orders.core.localization import gettext, ngettext
from orders.erc.errors import (
    BadRequest,
    Crowded,
    ErcError,
    FailedBefore,
    NotAllowed,
    NotFound,
    RateLimited,
    TimedOut,
    Unavailable,
)
from orders.presenters.dates import DateText, when_exactly
from orders.presenters.text import clean

# An outage rarely ends at once; a short wait spares agent and API.
_RETRY_UNAVAILABLE_SECONDS = 5
_RETRY_LIMITED_SECONDS = 10
_SHORT_WAIT_SECONDS = 90


class ErrorView(NamedTuple):
    """An error for a page: `kind` as in the hierarchy, the response's HTTP status, what to do next.

    `retry_link` is empty where trying again cannot help; `retry_after` is in whole seconds, or None. The ids are
    those that were asked for: a digit that was heard or typed wrongly is seen there.
    """

    kind: str
    http_status: int
    title: str
    text: str
    next_step: str
    retry_link: str = ""
    retry_at: DateText | None = None
    retry_after: int | None = None
    reference: str = ""
    problems: tuple[str, ...] = ()
    customer_id: str = ""
    order_id: str = ""

    def about(self, customer_id: str, order_id: str = "") -> ErrorView:
        """Name the customer and the order that were asked for."""
        return self._replace(customer_id=clean(customer_id), order_id=clean(order_id))


def input_error(problems: tuple[str, ...]) -> ErrorView:
    """Say what to correct in a form."""
    return ErrorView(
        kind="bad_request",
        http_status=400,
        title=gettext("Check what you entered"),
        text="",
        next_step="",
        problems=problems,
    )


def gone_error() -> ErrorView:
    """Say that an item of which a message was to be made is not in the order any more."""
    return ErrorView(
        kind="not_found",
        http_status=404,
        title=gettext("This item is not in the order any more"),
        text="",
        next_step=gettext("Refresh the order, then copy the message again."),
    )


def recording_error(retry_link: str, reference: str) -> ErrorView:
    """Say that the access could not be recorded, so that nothing is shown."""
    return ErrorView(
        kind="unavailable",
        http_status=503,
        title=gettext("The portal cannot show orders at the moment"),
        text=gettext("Every order view has to be logged, and logging isn’t working right now."),
        next_step=gettext("Try again in a few seconds. If this keeps happening, tell your administrator."),
        retry_link=retry_link,
        retry_after=_RETRY_UNAVAILABLE_SECONDS,
        reference=reference,
    )


def search_limited(retry_after: int, reference: str) -> ErrorView:
    """Say that the agent has searched too often, and when to go on."""
    return ErrorView(
        kind="rate_limited",
        http_status=429,
        title=gettext("You have made too many searches"),
        text=gettext(
            "To protect customers’ data, searches are limited. You can still look up orders by their IDs."
        ),
        next_step=_wait(retry_after),
        retry_at=when_exactly(datetime.now(UTC) + timedelta(seconds=retry_after)),
        retry_after=retry_after,
        reference=reference,
    )


def upstream_error(error: ErcError, retry_link: str, reference: str) -> ErrorView:
    """Explain an error of the hierarchy; `reference` is the correlation id of the agent's request."""
    view = _words(error)
    retry_after = _retry_after(error)
    retry_at = None
    if retry_after is not None and isinstance(error, RateLimited):
        retry_at = when_exactly(datetime.now(UTC) + timedelta(seconds=retry_after))
    can_retry = isinstance(error, RateLimited | Unavailable) or view.http_status == 502
    return view._replace(
        kind=error.kind,
        retry_link=retry_link if can_retry else "",
        retry_at=retry_at,
        retry_after=retry_after,
        reference=reference,
    )


def _words(error: ErcError) -> ErrorView:
    if isinstance(error, NotFound):
        return ErrorView(
            "",
            404,
            gettext("Order not found"),
            gettext("There is no order with this ID for this customer."),
            gettext("Check both IDs with the customer. 0 and O, or 1 and l, are easy to mix up."),
        )
    if isinstance(error, BadRequest):
        return ErrorView(
            "",
            400,
            gettext("The order system rejected this search"),
            gettext("It doesn’t accept something in the IDs, the sorting or the filters."),
            gettext("Check the IDs and search again."),
        )
    if isinstance(error, NotAllowed):
        return ErrorView(
            "",
            502,
            gettext("The portal is not allowed to read this order"),
            gettext("This has nothing to do with you or the customer: the portal’s own access was refused."),
            gettext("Tell your administrator, and give the reference below."),
        )
    if isinstance(error, RateLimited):
        return ErrorView(
            "",
            429,
            gettext("Too many searches right now"),
            gettext("The order system is busy and has asked us to slow down."),
            _wait(_retry_after(error) or 0),
        )
    if isinstance(error, Unavailable):
        return _unavailable(error)
    return ErrorView(
        "",
        502,
        gettext("The order system sent an answer that cannot be used"),
        gettext("The reply was not a list of items, so nothing is shown."),
        gettext("Try once more. If it happens again, tell your administrator, and give the reference below."),
    )


def _unavailable(error: Unavailable) -> ErrorView:
    if isinstance(error, TimedOut):
        return ErrorView(
            "",
            504,
            gettext("The order system takes too long to answer"),
            gettext("The order system didn’t finish answering in time."),
            gettext("Try again now. If it’s still slow, offer the customer a callback."),
        )
    if isinstance(error, Crowded):
        return ErrorView(
            "",
            503,
            gettext("Too many searches right now"),
            gettext("The order system is slow, and too many searches are already waiting for it."),
            gettext("Try again in a few seconds. If this keeps happening, tell your administrator."),
        )
    if isinstance(error, FailedBefore):
        return ErrorView(
            "",
            503,
            gettext("The order system has a problem with this order"),
            gettext(
                "It failed for this order a moment ago, so it was not asked again. Other orders can be looked up."
            ),
            _wait(_retry_after(error) or 0),
        )
    if error.status is not None:
        return ErrorView(
            "",
            503,
            gettext("The order system has a problem"),
            gettext("It reported a problem on its side. This says nothing about the order itself."),
            gettext("Try again in a few seconds. If this keeps happening, give your administrator the reference."),
        )
    return ErrorView(
        "",
        503,
        gettext("The order system cannot be reached"),
        gettext("It didn’t answer, or the connection dropped. This says nothing about the order itself."),
        gettext("Try again in a few seconds. If it still can’t be reached, tell your administrator."),
    )


def _retry_after(error: ErcError) -> int | None:
    if isinstance(error, RateLimited):
        return math.ceil(_RETRY_LIMITED_SECONDS if error.retry_after is None else error.retry_after)
    if isinstance(error, Unavailable):
        return math.ceil(_RETRY_UNAVAILABLE_SECONDS if error.retry_after is None else error.retry_after)
    return None


def _wait(seconds: int) -> str:
    if seconds <= _SHORT_WAIT_SECONDS:
        words = ngettext("Try again in %(count)d second.", "Try again in %(count)d seconds.", seconds)
        return words % {"count": seconds}
    return gettext("Try again at the time below.")


def stale_words(error: ErcError) -> str:
    """Say why the page shows an older response."""
    if isinstance(error, RateLimited):
        return gettext("The order system is busy. This is the last information we have; it may be out of date.")
    if isinstance(error, TimedOut | Crowded):
        return gettext(
            "The order system is slow right now. This is the last information we have; it may be out of date."
        )
    if isinstance(error, Unavailable):
        return gettext(
            "The order system can’t be reached. This is the last information we have; it may be out of date."
        )
    return gettext("The order system’s latest reply can’t be read. This is the one before; it may be out of date.")
