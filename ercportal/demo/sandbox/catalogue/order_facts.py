"""What the API says of an order beside its items: number, dates, addresses, totals, payment, statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.addresses import addresses_of
from ercportal.demo.sandbox.catalogue.shops import DEFAULT_SHOP, SHOPS, Shop, code_for
from ercportal.demo.sandbox.catalogue.terms import CANCELLED

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.model import Clock, Order
    from ercportal.demo.sandbox.catalogue.people import Person
    from ercportal.demo.sandbox.catalogue.terms import Terms
    from ercportal.demo.sandbox.wire import Json

_DELIVERED = ("DELIVERED", "PICKED_UP")
_RETURN_DAYS = 30
_CARD_PICTURES = {"Visa": "card-indigo", "Mastercard": "card-coral", "Maestro": "card-teal"}


def order_facts(order: Order, terms: Terms, person: Person, clock: Clock) -> dict[str, Json]:
    """The order as lists and its own address tell of it. What is not known is left out."""
    shop = SHOPS.get(person.brand, DEFAULT_SHOP)
    addresses = addresses_of(person)
    known: dict[str, Json] = {
        "id": order.order_id,
        "order_number": shop.print_number(terms.code or code_for(order.customer_id, order.order_id)),
        "customer_id": order.customer_id,
        "purchase_datetime": clock.ago(days=terms.days),
        "delivery_type": terms.delivery_type,
        "shipping_address": addresses[-1] if addresses else None,
        "billing_address": addresses[0] if addresses else None,
        "items_number": len(order.items),
        "price_summary": price_summary(order, terms),
        "payment_details": _payment_details(terms),
        "order_extra_info": _extra_info(order),
        **_statuses(terms, shop),
        **_permissions(terms),
        "brand": person.brand or None,
        "custom_fields": {"channel": "web", "is_gift": False},
    }
    return {name: value for name, value in known.items() if value is not None}


def price_summary(order: Order, terms: Terms) -> dict[str, Json]:
    """The order's totals: what its items cost in its currency, less the discounts, with shipping and taxes."""
    nothing = terms.refunded - terms.refunded
    items_total = sum((_cost(item, terms.currency) for item in order.items), nothing)
    final = items_total - terms.discount + terms.shipping + terms.taxes
    outstanding = nothing if _is_paid(terms) else final
    amounts = {
        "original_total_amount": items_total,
        "final_total_amount": final,
        "discounts_amount": terms.discount,
        "shipping_amount": terms.shipping,
        "taxes_amount": terms.taxes,
        "net_payment_amount": final - outstanding - terms.refunded,
        "total_outstanding_amount": outstanding,
        "total_refunded_amount": terms.refunded,
    }
    return {name: {"value": value, "currency": terms.currency} for name, value in amounts.items()}


def _cost(item: Json, currency: str) -> Decimal:
    price = item.get("price") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(price, Mapping) or price.get("currency") != currency:
        return Decimal(0)
    value, quantity = price.get("value"), item.get("quantity")
    units = quantity if isinstance(quantity, (int, Decimal)) else 1
    return value * units if isinstance(value, Decimal) else Decimal(0)


def _is_paid(terms: Terms) -> bool:
    return bool(terms.card_brand) or terms.stage != "CONFIRMED"


def _payment_details(terms: Terms) -> Json:
    if not terms.card_brand:
        return None
    picture = _CARD_PICTURES.get(terms.card_brand, "card-slate")
    return {
        "card_brand": terms.card_brand,
        "card_brand_image_url": f"/pictures/{picture}.svg",
        "card_number": terms.card_number,
    }


def _extra_info(order: Order) -> Json:
    pictures = (item["image_url"] for item in readable_items(order.items) if item.get("image_url"))
    picture = next(pictures, None)
    return None if picture is None else {"highlighted_item_image_url": picture}


def readable_items(items: Sequence[Json]) -> list[Mapping[str, Json]]:
    """The items that keep to the reference."""
    return [item for item in items if isinstance(item, Mapping) and item.get("id") and item.get("name")]


def _statuses(terms: Terms, shop: Shop) -> dict[str, Json]:
    """The shop's own words: no two shops have the same, and none are an enum."""
    if terms.stage == CANCELLED:
        return {"status": shop.cancelled, "cancellation_status": shop.cancelled, "payment_status": "voided"}
    payment = "partially_refunded" if terms.refunded else "paid" if _is_paid(terms) else "pending"
    word = _word_for(terms.stage, shop)
    said: dict[str, Json] = {
        "status": word,
        "fulfillment_status": word,
        "payment_status": payment,
        "delivery_status": word,
    }
    return {**said, "return_status": "RETURNED (1)"} if terms.refunded else said


def _word_for(stage: str, shop: Shop) -> str:
    words = {
        "CONFIRMED": shop.confirmed,
        "OUT_FOR_DELIVERY": shop.out_for_delivery,
        "ATTEMPTED_DELIVERY": shop.out_for_delivery,
        **dict.fromkeys(_DELIVERED, shop.delivered),
    }
    return words.get(stage, shop.on_its_way)


def _permissions(terms: Terms) -> dict[str, Json]:
    is_new = terms.stage == "CONFIRMED"
    is_delivered = terms.stage in _DELIVERED
    return {
        "is_cancellable": is_new,
        "is_change_shipping_address_allowed": is_new,
        "is_refundable": is_delivered and not terms.refunded,
        "is_returnable": is_delivered and terms.reached < _RETURN_DAYS,
    }
