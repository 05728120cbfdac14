"""Typed customers, as the search for them and their own address give them. Only the id is required."""

from __future__ import annotations

import msgspec

from orders.erc.addresses import Address
from orders.erc.amounts import CustomFields, Price
from orders.erc.schema import Unreadable
from orders.erc.timestamps import Timestamp


class Contact(msgspec.Struct, frozen=True):
    """A customer that a search has found."""

    customer_id: str
    name: str | None = None
    brand: str | None = None
    created_at: Timestamp | None = None
    updated_at: Timestamp | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    custom_fields: CustomFields | None = None


class CustomersPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the customers that a search has found.

    `unreadable` lists the entries that are not among `contacts`, `defaulted` the optional details that are left
    out; `beyond` counts the entries beyond those that the portal reads. `total` counts the customers on all pages.
    """

    contacts: tuple[Contact, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    defaulted: tuple[Unreadable, ...] = ()
    beyond: int = 0
    total: int | None = None
    page: int | None = None
    total_pages: int | None = None
    next_page: int | None = None


class IntegrationInfo(msgspec.Struct, frozen=True):
    """The customer's page in the shop's own admin, and the kind of shop."""

    external_url: str | None = None
    type: str | None = None


class Customer(msgspec.Struct, frozen=True):
    """A customer. The API gives no e-mail address and no phone number here."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    customer_since: Timestamp | None = None
    addresses: tuple[Address, ...] = ()
    integration_info: IntegrationInfo | None = None
    average_order_value: Price | None = None
    brand: str | None = None
    custom_fields: CustomFields | None = None
    # Our own field, under a name that no response has.
    defaulted: tuple[Unreadable, ...] = msgspec.field(default=(), name="\N{MIDDLE DOT}defaulted")
