"""Customers who were found, with what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from orders.core.localization import gettext
from orders.erc.customers import Contact, Customer
from orders.erc.query import is_usable_id
from orders.lookup.dates import value_of
from orders.lookup.find import Kind, Reading
from orders.lookup.find.emails import normalize_email
from orders.lookup.find.phones import read_phone
from orders.presenters.customer_orders import customer_view
from orders.presenters.dates import day
from orders.presenters.links import customer_link
from orders.presenters.private import mask_email, mask_phone
from orders.presenters.text import clean, plain

_MAX_SHOWN = 2


class CustomerRowView(NamedTuple):
    """A customer for one line. `link` leads to their orders, and is empty where their id cannot be asked for.

    `name` is the id where the API gives no name. E-mail addresses and phone numbers read from left to right.
    """

    id: str
    name: str
    link: str
    facts: tuple[str, ...]
    contacts: tuple[str, ...]


def customer_row(
    contact: Contact, readings: Sequence[Reading], address: str, customer: Customer | None = None
) -> CustomerRowView:
    """Make the line of a customer; its link leads to the list of orders at the surface's `address`.

    E-mail addresses and phone numbers are masked, but for what was searched for.
    """
    more = customer_view(customer) if customer else None
    since = (more and more.since) or day(value_of(contact.created_at))
    facts = (
        more.city if more else "",
        gettext("Customer since %(day)s") % {"day": since} if since else "",
        plain(contact.brand),
    )
    emails = _masked(contact.emails, mask_email, _typed(readings, Kind.EMAIL))
    phones = _masked(contact.phones, mask_phone, _typed(readings, Kind.PHONE))
    customer_id = contact.customer_id
    return CustomerRowView(
        id=clean(customer_id),
        name=_name(plain(contact.name), readings) or clean(customer_id),
        link=customer_link(address, customer_id) if is_usable_id(customer_id) else "",
        facts=tuple(filter(None, facts)),
        contacts=(*emails, *phones),
    )


def _name(name: str, readings: Sequence[Reading]) -> str:
    """Mask a name that is an e-mail address or a phone number, as shops call guests."""
    if normalize_email(name):
        return _masked([name], mask_email, _typed(readings, Kind.EMAIL))[0]
    if read_phone(name):
        return _masked([name], mask_phone, _typed(readings, Kind.PHONE))[0]
    return name


def _typed(readings: Iterable[Reading], kind: Kind) -> tuple[str, ...]:
    return tuple(reading.text for reading in readings if reading.kind is kind) or ("",)


def _masked(values: Iterable[str], mask: Callable[[str, str], str], typed: Sequence[str]) -> tuple[str, ...]:
    """Mask each value, those first that were searched for, which are then whole."""
    shown = [(min(_said(value, mask, typed)), value) for value in values]
    texts = [text for (_is_masked, text), _value in sorted(shown, key=lambda one: one[0][0])]
    return tuple(filter(None, dict.fromkeys(texts)))[:_MAX_SHOWN]


def _said(value: str, mask: Callable[[str, str], str], typed: Sequence[str]) -> list[tuple[bool, str]]:
    hidden = mask(value, "")
    return [(text == hidden, text) for text in (mask(value, one) for one in typed)]
