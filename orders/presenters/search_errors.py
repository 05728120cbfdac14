"""Texts for a search that failed as a whole."""

from __future__ import annotations

from orders.core.localization import gettext
from orders.erc.errors import BadRequest, ErcError, FailedBefore, InvalidResponse, NotAllowed
from orders.presenters.errors import ErrorView, upstream_error


def search_error(error: ErcError, reference: str, *, is_offered: bool, retry_link: str = "") -> ErrorView:
    """Explain why nothing could be searched for. What was typed stays in the box, to be sent again."""
    view = upstream_error(error, retry_link, reference)
    if not is_offered:
        return view._replace(
            retry_link="",
            title=gettext("Your account finds orders by ID only"),
            text=gettext("The order system does not let the portal search for this."),
            next_step=gettext("Type the customer ID and the order ID, or paste a link to the order."),
        )
    if isinstance(error, NotAllowed):
        return view._replace(title=gettext("The portal is not allowed to search"))
    if isinstance(error, BadRequest):
        return view._replace(
            title=gettext("The order system rejected this search"),
            text=gettext("It doesn’t accept something in what was typed."),
            next_step=gettext("Try it another way: by e-mail, phone number, order number or name."),
        )
    if isinstance(error, FailedBefore):
        return view._replace(
            title=gettext("The order system has a problem"),
            text=gettext("This search failed a moment ago, so it was not repeated."),
        )
    if isinstance(error, InvalidResponse):
        return view._replace(text=gettext("The reply was not a search result, so nothing is shown."))
    return view
