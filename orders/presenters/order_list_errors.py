"""Texts for a list of a customer's orders that could not be had, where those of an order would be wrong."""

from __future__ import annotations

from typing import NamedTuple

from orders.core.localization import gettext
from orders.erc.errors import (
    BadRequest,
    ErcError,
    FailedBefore,
    InvalidResponse,
    NotAllowed,
    NotFound,
    NotOffered,
)
from orders.presenters.errors import ErrorView, upstream_error


class _Words(NamedTuple):
    title: str
    text: str
    next_step: str


def order_list_error(error: ErcError, retry_link: str, reference: str) -> ErrorView:
    """Explain an error of the hierarchy, as `upstream_error` does for an order."""
    usual = upstream_error(error, "" if isinstance(error, NotOffered) else retry_link, reference)
    return usual._replace(**_words(error, usual)._asdict())


def _words(error: ErcError, usual: ErrorView) -> _Words:
    if isinstance(error, NotFound):
        return _Words(
            gettext("Customer not found"),
            gettext("There is no customer with this ID."),
            gettext("Check the ID with the customer. 0 and O, or 1 and l, are easy to mix up."),
        )
    if isinstance(error, BadRequest):
        return _Words(
            usual.title,
            gettext("It doesn’t accept something in the customer ID or the order number."),
            gettext("Check both and search again."),
        )
    if isinstance(error, NotOffered):
        return _Words(
            gettext("Your account finds orders by ID only"),
            gettext("It does not include the list of a customer’s orders."),
            gettext("Ask for the order ID, and look the order up by customer ID and order ID."),
        )
    if isinstance(error, NotAllowed):
        return _Words(
            gettext("The portal is not allowed to read this customer’s orders"), usual.text, usual.next_step
        )
    if isinstance(error, FailedBefore):
        return _Words(
            gettext("The order system has a problem with this customer"),
            gettext(
                "It failed for this customer a moment ago, so it was not asked again."
                " Other customers can be looked up."
            ),
            usual.next_step,
        )
    if isinstance(error, InvalidResponse):
        return _Words(
            usual.title,
            gettext("The reply was not a list of orders, so nothing is shown."),
            usual.next_step,
        )
    return _Words(usual.title, usual.text, usual.next_step)
