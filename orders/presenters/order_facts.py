"""What an order says of itself beside its items, as text: the day, the place, the money, the shop's statuses.

All of it comes from shops, so it is cleaned, and cut where it is longer than any real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from babel import Locale

from orders.core.localization import display, gettext, pgettext
from orders.erc.addresses import Address
from orders.erc.orders import Order, PriceSummary
from orders.erc.recent_order import RecentOrder
from orders.lookup.conventions import bare
from orders.lookup.dates import is_ahead, value_of
from orders.presenters.dates import DateText, age, day_with_weekday, when
from orders.presenters.money import price_text
from orders.presenters.text import plain

MAX_LENGTH = 120
"""No number, name or status that a shop means is longer."""

_MAX_ADDRESSES = 10
# Where the postal code stands behind the town.
_CODE_LAST = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ", "US"})


class Line(NamedTuple):
    """A label and a text; the label of the whole order is empty."""

    label: str
    text: str


class Purchase(NamedTuple):
    """The day of the purchase, and how long ago it was; either may be unknown."""

    day: DateText | None
    age: str


def short(text: str | None) -> str:
    """Clean a text of the shop to one line, and cut it where it is too long for a name."""
    whole = plain(text)
    return whole if len(whole) <= MAX_LENGTH else whole[:MAX_LENGTH].rstrip() + "…"


def purchase(order: Order | RecentOrder, now: datetime) -> Purchase:
    """Say the day of the purchase with its weekday; an unreadable one stays as it came, and has no age."""
    placed = value_of(order.purchase_datetime)
    if placed is None:
        day = when(order.purchase_datetime)
        return Purchase(day._replace(text=short(day.text)) if day else None, "")
    # HTML takes no more than three digits of a second.
    iso = placed.isoformat(timespec="seconds") if isinstance(placed, datetime) else placed.isoformat()
    day = DateText(day_with_weekday(placed, now), iso)
    return Purchase(day, "" if is_ahead(placed, now) else age(placed, now))


def place_text(address: Address) -> str:
    """Say in one line who gets the parcel, and in which town; empty where neither is known."""
    return gettext(", ").join(filter(None, (_name(address), short(address.city))))


def address_lines(address: Address) -> tuple[str, ...]:
    """Write an address as on a parcel, as far as it is known, with the country's name and the telephone."""
    lines = (
        _name(address),
        short(address.address),
        _town(address),
        _country(address.country_code),
        short(address.phone_number),
    )
    return tuple(filter(None, lines))


def addresses(order: Order | RecentOrder) -> tuple[Address, ...]:
    """Give the addresses that the order goes to and that say anything, up to ten."""
    return tuple(one for one in order.shipping_addresses[:_MAX_ADDRESSES] if address_lines(one))


def final_total(order: Order | RecentOrder) -> str:
    """Say the total to its last digit; empty where it is not given."""
    totals = order.price_summary if isinstance(order, Order) else None
    total = totals.final_total_amount if totals else None
    return price_text(total.value, total.currency) if total else ""


def total_lines(totals: PriceSummary | None) -> tuple[Line, ...]:
    """List the totals that are given, each to its last digit in its own currency."""
    if totals is None:
        return ()
    given = (
        (gettext("Original total"), totals.original_total_amount),
        # Translators: in a list of amounts.
        (gettext("Discounts"), totals.discounts_amount),
        # Translators: what the shipping costs.
        (gettext("Shipping"), totals.shipping_amount),
        # Translators: in a list of amounts.
        (gettext("Taxes"), totals.taxes_amount),
        (gettext("Final total"), totals.final_total_amount),
        (gettext("Net payment"), totals.net_payment_amount),
        # Translators: the amount that is still to be paid.
        (gettext("Outstanding"), totals.total_outstanding_amount),
        # Translators: the sum of what was paid back.
        (gettext("Refunded"), totals.total_refunded_amount),
    )
    return tuple(Line(label, price_text(one.value, one.currency)) for label, one in given if one)


def status_lines(order: Order | RecentOrder) -> tuple[Line, ...]:
    """Give the shop's statuses as they came, each text once with all that it is said of."""
    found: dict[str, tuple[str, list[str]]] = {}
    for label, text in _statuses(order):
        words = short(text)
        if words:
            found.setdefault(words.casefold(), (words, []))[1].append(label)
    return tuple(
        Line("" if "" in labels else gettext(", ").join(labels), words) for words, labels in found.values()
    )


def possible_lines(order: Order | RecentOrder) -> tuple[Line, ...]:
    """Say what can still be done with the order and what cannot, as far as the shop says so."""
    flags = (
        # Translators: the act, in a list of what can still be done with an order.
        (gettext("Cancellation"), order.is_cancellable),
        (pgettext("of goods", "Return"), order.is_returnable),
        (pgettext("of money", "Refund"), order.is_refundable),
        (gettext("Change of address"), order.is_change_shipping_address_allowed),
    )
    lines = (
        Line(label, gettext(", ").join(words for words, flag in flags if flag is wanted))
        for label, wanted in ((gettext("Still possible"), True), (gettext("Not possible"), False))
    )
    return tuple(line for line in lines if line.text)


def delivery_type_text(order: Order | RecentOrder) -> str:
    """Say how the order is delivered; an unknown type stays as it came."""
    given = short(order.delivery_type)
    known = {
        "localdelivery": gettext("Local delivery"),
        # Translators: how an order is delivered: the customer collects it.
        "localpickup": gettext("Pickup"),
        "shipping": pgettext("way of delivery", "Shipping"),
        "unknown": "",
    }
    return known.get(bare(given), given)


def _name(address: Address) -> str:
    return " ".join(filter(None, (short(address.first_name), short(address.last_name))))


def _town(address: Address) -> str:
    code, city, region = short(address.zip_code), short(address.city), _region(address)
    if (address.country_code or "").upper() in _CODE_LAST:
        return " ".join(filter(None, (gettext(", ").join(filter(None, (city, region))), code)))
    return gettext(", ").join(filter(None, (" ".join(filter(None, (code, city))), region)))


def _region(address: Address) -> str:
    """Give what people write of a region's code: CA of US-CA, and nothing of numbers such as PT-11."""
    region = short(address.region_code)
    prefix = f"{address.country_code}-"
    if not region.upper().startswith(prefix.upper()):
        return region
    rest = region[len(prefix) :]
    return rest if rest.isalpha() else ""


def _country(code: str | None) -> str:
    given = short(code)
    territories = Locale.parse(display().language, sep="-").territories
    return str(territories.get(given.upper(), given))


def _statuses(order: Order | RecentOrder) -> Iterator[tuple[str, str | None]]:
    yield "", order.status
    # Translators: the act; what is sent is a shipment.
    yield gettext("Delivery"), order.delivery_status
    # Translators: before the shop’s own word for how far it has handled the order.
    yield gettext("Fulfillment"), order.fulfillment_status
    # Translators: before the shop’s own word for the state of the payment.
    yield gettext("Payment"), order.payment_status
    yield gettext("Cancellation"), order.cancellation_status
    yield pgettext("of goods", "Return"), order.return_status
