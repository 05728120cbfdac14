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

# An outage rarely ends at once; a short wait spares agent and API.
_RETRY_UNAVAILABLE_SECONDS = 5
_RETRY_LIMITED_SECONDS = 10
_SHORT_WAIT_SECONDS = 90


class ErrorView(NamedTuple):
    """An error for a page: `kind` as in the hierarchy, the response's HTTP status, what to do next.

    `retry_link` is empty where trying again cannot help; `retry_after` is in whole seconds, or None.
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


def input_error(problems: tuple[str, ...]) -> ErrorView:
    """Say what to correct in a form."""
    return ErrorView(
        kind="bad_request",
        http_status=400,
        title=gettext("Please check the look-up"),
        text="",
        next_step="",
        problems=problems,
    )


def recording_error(retry_link: str, reference: str) -> ErrorView:
    """Say that the access could not be recorded, so that nothing is shown."""
    return ErrorView(
        kind="unavailable",
        http_status=503,
        title=gettext("The portal cannot show orders at the moment"),
        text=gettext("Each view of an order has to be recorded, and that does not work now."),
        next_step=gettext("Try again in a few seconds. If it stays so, tell your administrator."),
        retry_link=retry_link,
        retry_after=_RETRY_UNAVAILABLE_SECONDS,
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
            gettext("No such order"),
            gettext("The order system knows no order with this id for this customer."),
            gettext("Check both ids with the customer. 0 and O, or 1 and l, are easily mixed up."),
        )
    if isinstance(error, BadRequest):
        return ErrorView(
            "",
            400,
            gettext("The order system did not accept this look-up"),
            gettext("Something in the ids, the sorting or the filters is not what it expects."),
            gettext("Check the ids and look the order up again from the start."),
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
            gettext("Too many look-ups at the moment"),
            gettext("The order system asks everyone to wait a little."),
            _wait(_retry_after(error) or 0),
        )
    if isinstance(error, Unavailable):
        return _unavailable(error)
    return ErrorView(
        "",
        502,
        gettext("The order system sent an answer that cannot be used"),
        gettext("What came back is not a list of items. Nothing is shown rather than something wrong."),
        gettext("Try once more. If it happens again, tell your administrator, and give the reference below."),
    )


def _unavailable(error: Unavailable) -> ErrorView:
    if isinstance(error, TimedOut):
        return ErrorView(
            "",
            504,
            gettext("The order system takes too long to answer"),
            gettext("No complete answer came in the time that a caller can wait."),
            gettext("Try again now. If it stays slow, tell the customer that you will call back."),
        )
    if isinstance(error, Crowded):
        return ErrorView(
            "",
            503,
            gettext("Too many look-ups at the moment"),
            gettext("The order system is slow, and as many look-ups wait for it as the portal can hold."),
            gettext("Try again in a few seconds. If it stays so, tell your administrator."),
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
            gettext("It answered that something is wrong on its side. The order itself is not affected."),
            gettext(
                "Try again in a few seconds. If it stays so, tell your administrator, and give the reference."
            ),
        )
    return ErrorView(
        "",
        503,
        gettext("The order system cannot be reached"),
        gettext("It did not answer, or broke off. The order itself is not affected."),
        gettext("Try again in a few seconds. If it stays away, tell your administrator."),
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
        return gettext(
            "The order system asks everyone to wait, so this is its last answer, and may be out of date."
        )
    if isinstance(error, TimedOut | Crowded):
        return gettext("The order system takes too long, so this is its last answer, and may be out of date.")
    if isinstance(error, Unavailable):
        return gettext("The order system cannot be reached, so this is its last answer, and may be out of date.")
    return gettext(
        "The order system’s new answer cannot be used, so this is the one before, and may be out of date."
    )
