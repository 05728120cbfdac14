"""A page of a customer's orders: who the customer is, a line for each order, and the links to other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils import timezone

from orders.core.localization import gettext, ngettext, use_display
from orders.erc.addresses import Address
from orders.erc.customers import Contact, Customer
from orders.lookup.dates import value_of
from orders.lookup.order_listing import OrderListing
from orders.lookup.paging import End
from orders.presenters.beyond import Unreadable, entries_beyond, unreadable_words
from orders.presenters.dates import day
from orders.presenters.errors import stale_words
from orders.presenters.freshness import AsOf, as_of
from orders.presenters.links import orders_link, outside_link, pages_again
from orders.presenters.money import price_text
from orders.presenters.order_facts import short
from orders.presenters.order_rows import OrderRowView, order_row
from orders.presenters.private import format_phone
from orders.presenters.text import clean

# So many can be looked through at a glance.
_FEW = 5
_MAX_CONTACTS = 5


class CustomerView(NamedTuple):
    """What the API told of a customer; empty where it did not. `shop_link` leads to the shop's own admin."""

    name: str = ""
    since: str = ""
    brand: str = ""
    city: str = ""
    average: str = ""
    shop_link: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class NarrowView(NamedTuple):
    """The form that narrows a list by an order's number: where it is posted, and the number so far."""

    address: str
    search: str


class OrdersPageView(NamedTuple):
    """The content of the page of a customer's orders and its fragments; the raw id is for the clipboard.

    `all_link` leads to the list that is not narrowed, and is empty on that one.
    """

    customer_id: str
    raw_customer_id: str
    customer: CustomerView | None
    rows: tuple[OrderRowView, ...]
    shown: str
    is_empty: bool
    is_continued: bool
    first_link: str
    refresh_link: str
    as_of: AsOf
    narrow: NarrowView | None
    all_link: str
    unreadable: Unreadable | None
    notices: tuple[str, ...]
    stale: str
    next_link: str
    end: str


def orders_page(
    listing: OrderListing, customer: CustomerView | None, address: str, items_address: str
) -> OrdersPageView:
    """Make the page of a listing; it is at the surface's `address`, the items of an order at `items_address`."""
    with use_display():
        return _orders_page(listing, customer, address, items_address)


def _orders_page(
    listing: OrderListing, customer: CustomerView | None, address: str, items_address: str
) -> OrdersPageView:
    query, now = listing.query, timezone.now()
    rows = tuple(order_row(order, items_address, now, customer_id=query.customer_id) for order in listing.orders)
    whole_list = {"narrowed": None, "cursor": None}
    return OrdersPageView(
        customer_id=clean(query.customer_id),
        raw_customer_id=query.customer_id,
        customer=customer,
        rows=rows,
        shown=_shown_text(listing),
        is_empty=listing.is_empty,
        is_continued=query.cursor is not None,
        first_link=orders_link(address, query, {"cursor": None}),
        refresh_link=orders_link(address, query, {"cursor": None, "refresh": "1", "pages": pages_again(listing)}),
        as_of=as_of(listing.as_of),
        narrow=NarrowView(orders_link(address, query, whole_list), query.search or "")
        if query.search or listing.end is End.MORE or listing.after.shown > _FEW
        else None,
        all_link=orders_link(address, query, whole_list) if query.search else "",
        unreadable=unreadable_words(len(listing.page.unreadable)),
        notices=_notices(listing, rows),
        stale=stale_words(listing.stale_because) if listing.stale_because else "",
        next_link=orders_link(address, query, {"cursor": listing.page.next_cursor}, listing.next_state)
        if listing.end is End.MORE
        else "",
        end=_end(listing),
    )


def customer_view(customer: Customer | None, contact: Contact | None = None) -> CustomerView | None:
    """Say who a customer is, as far as either is known; None where neither is."""
    if customer is None and contact is None:
        return None
    with use_display():
        of_customer, of_contact = _of_customer(customer), _of_contact(contact)
    return of_customer._replace(
        name=of_customer.name or of_contact.name,
        since=of_customer.since or of_contact.since,
        brand=of_customer.brand or of_contact.brand,
        emails=of_contact.emails,
        phones=of_contact.phones,
    )


def _of_customer(customer: Customer | None) -> CustomerView:
    if customer is None:
        return CustomerView()
    average, shop = customer.average_order_value, customer.integration_info
    home = _home(customer.addresses)
    return CustomerView(
        name=" ".join(filter(None, map(short, (customer.first_name, customer.last_name)))),
        since=day(value_of(customer.customer_since)),
        brand=short(customer.brand),
        city=short(home.city) if home else "",
        average=price_text(average.value, average.currency) if average else "",
        shop_link=outside_link(shop.external_url) if shop else "",
    )


def _of_contact(contact: Contact | None) -> CustomerView:
    if contact is None:
        return CustomerView()
    return CustomerView(
        name=short(contact.name),
        since=day(value_of(contact.created_at)),
        brand=short(contact.brand),
        emails=_each(contact.emails, short),
        phones=_each(contact.phones, format_phone),
    )


def _each(values: Sequence[str], say: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(short(say(value)) for value in values)))[:_MAX_CONTACTS]


def _home(addresses: tuple[Address, ...]) -> Address | None:
    """Give the default address, or the only one."""
    if len(addresses) == 1:
        return addresses[0]
    return next((address for address in addresses if address.default), None)


def _is_whole(listing: OrderListing) -> bool:
    after = listing.after
    begins_later = listing.query.cursor is not None and not listing.before.shown
    return listing.end is End.COMPLETE and not (after.unreadable or after.beyond or begins_later)


def _shown_text(listing: OrderListing) -> str:
    count = listing.after.shown
    if listing.end is End.MORE:
        words = ngettext("%(count)d order shown, more available", "%(count)d orders shown, more available", count)
    elif not count and _is_whole(listing):
        return gettext("No orders")
    elif _is_whole(listing) and not listing.query.search:
        words = ngettext("%(count)d order", "All %(count)d orders", count)
    else:
        words = ngettext("%(count)d order shown", "%(count)d orders shown", count)
    return words % {"count": count}


def _notices(listing: OrderListing, rows: tuple[OrderRowView, ...]) -> tuple[str, ...]:
    found = entries_beyond(listing.page.beyond)
    if not all(row.link for row in rows):
        found.append(
            gettext(
                "Orders without a link cannot be opened here: the order system names no customer, or another one,"
                " for them."
            )
        )
    if listing.is_cut_short:
        found.append(gettext("Not all orders could be loaded. Select “Load more orders” to continue."))
    if listing.page.defaulted:
        found.append(gettext("Some details of these orders could not be read and are left out."))
    if listing.repeated and listing.orders:
        words = ngettext(
            "%(count)d duplicate order was left out.",
            "%(count)d duplicate orders were left out.",
            listing.repeated,
        )
        found.append(words % {"count": listing.repeated})
    return tuple(found)


def _end(listing: OrderListing) -> str:
    return {
        End.MORE: "",
        End.COMPLETE: gettext("End of the list.") if listing.after.shown != 1 else "",
        End.REPEATS: gettext("The order system keeps sending the same orders, so the list ends here."),
        End.CUT_OFF: gettext("There are more orders, but they can’t be loaded."),
    }[listing.end]
