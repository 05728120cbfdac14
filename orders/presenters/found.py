"""What a search found, for a page: a list to choose from, or what else to try."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from orders.core.localization import gettext, ngettext
from orders.erc.paths import EndpointName
from orders.lookup.find import Kind, Reading
from orders.lookup.find.calls import endpoint_of
from orders.lookup.find.search import Failure, Found
from orders.presenters.customers import CustomerRowView, customer_row
from orders.presenters.errors import stale_words
from orders.presenters.order_rows import OrderRowView, order_row
from orders.presenters.private import format_phone
from orders.presenters.text import clean

MAX_SHOWN = 20
"""More cannot be told apart by reading."""


class SearchedView(NamedTuple):
    """What was searched for: a label and the text as it was read."""

    label: str
    text: str
    is_from_the_left: bool


class FoundView(NamedTuple):
    """A found page. `number` says how many there are; `notices` say what may be missing."""

    title: str
    number: str
    searched: tuple[SearchedView, ...]
    customers: tuple[CustomerRowView, ...]
    orders: tuple[OrderRowView, ...]
    are_orders_first: bool
    notices: tuple[str, ...]
    other_ways: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.customers and not self.orders


def found_page(found: Found, now: datetime, *, items_address: str, customers_address: str) -> FoundView:
    """Present what was found; the links lead to the surface's addresses."""
    return FoundView(
        title=gettext("Nothing found") if found.is_empty else gettext("Which one is it?"),
        number=_number(found),
        searched=tuple(map(_searched, found.readings)),
        customers=tuple(
            customer_row(one.entry, found.readings, customers_address, found.details.get(one.entry.customer_id))
            for one in found.customers[:MAX_SHOWN]
        ),
        orders=tuple(order_row(one.entry, items_address, now) for one in found.orders[:MAX_SHOWN]),
        are_orders_first=_are_orders_first(found),
        notices=_notices(found),
        other_ways=_other_ways(found),
    )


def _number(found: Found) -> str:
    customers, orders = len(found.customers), len(found.orders)
    texts = [
        ngettext("%(count)d customer found", "%(count)d customers found", customers) % {"count": customers}
        if customers
        else "",
        ngettext("%(count)d order found", "%(count)d orders found", orders) % {"count": orders} if orders else "",
    ]
    return gettext(", ").join(filter(None, texts))


def _searched(reading: Reading) -> SearchedView:
    label = {
        Kind.EMAIL: gettext("E-mail address"),
        Kind.PHONE: gettext("Phone number"),
        # Translators: of a customer who was searched for.
        Kind.NAME: gettext("Name"),
        Kind.ORDER_NUMBER: gettext("Order number"),
        Kind.CUSTOMER_ID: gettext("Customer ID"),
    }[reading.kind]
    is_phone = reading.kind is Kind.PHONE
    text = format_phone(reading.text) if is_phone else clean(reading.text)
    return SearchedView(label, text, is_from_the_left=is_phone or reading.kind is Kind.EMAIL)


def _are_orders_first(found: Found) -> bool:
    """Whether the orders fit better than the customers; where both fit alike, the likelier reading decides."""
    if not found.orders or not found.customers:
        return bool(found.orders)
    best_order, best_customer = found.orders[0].match, found.customers[0].match
    is_number_likelier = found.readings[0].kind is Kind.ORDER_NUMBER
    return best_order < best_customer or (best_order == best_customer and is_number_likelier)


def _notices(found: Found) -> tuple[str, ...]:
    texts = [_failure(one) for one in found.failures] + [_lack(one) for one in found.not_offered]
    if found.stale_because:
        texts.append(stale_words(found.stale_because))
    if found.unreadable:
        texts.append(
            ngettext(
                "%(count)d entry could not be read and is not shown.",
                "%(count)d entries could not be read and are not shown.",
                found.unreadable,
            )
            % {"count": found.unreadable}
        )
    if found.has_more or max(len(found.customers), len(found.orders)) > MAX_SHOWN:
        texts.append(gettext("There are more than are shown. Add what else the caller knows, or type it in full."))
    return tuple(dict.fromkeys(texts))


def _failure(failure: Failure) -> str:
    if endpoint_of(failure.reading) is EndpointName.ORDERS:
        return gettext("Order numbers could not be searched at the moment.")
    return gettext("Customers could not be searched at the moment.")


def _lack(failure: Failure) -> str:
    if endpoint_of(failure.reading) is EndpointName.ORDERS:
        return gettext("Your account cannot find orders by their number.")
    return gettext("Your account cannot find customers by e-mail, phone or name.")


def _other_ways(found: Found) -> tuple[str, ...]:
    """Say how else to ask: by what was not tried."""
    ways = {
        Kind.EMAIL: gettext("the e-mail address"),
        Kind.PHONE: gettext("the phone number, with its country code"),
        Kind.ORDER_NUMBER: gettext("the order number on the confirmation"),
        Kind.NAME: gettext("the first and last name"),
    }
    tried = {reading.kind for reading in found.readings}
    return tuple(words for kind, words in ways.items() if kind not in tried)
