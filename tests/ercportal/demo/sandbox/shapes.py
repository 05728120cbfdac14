"""The shapes of the API's reference (docs/api-reference.md), field by field, and a check of bodies against them.

A shape names each field with its kind; those with `!` after the name are required, every other one may be absent
or null. A field that no shape names is a fault: the strict sandbox sends nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

Kind: TypeAlias = "Callable[[Any], bool] | Mapping[str, Any] | list[Any]"


def text(value: Any) -> bool:
    return isinstance(value, str)


def number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def boolean(value: Any) -> bool:
    return isinstance(value, bool)


def anything(value: Any) -> bool:
    return isinstance(value, dict)


def timestamp(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def web_address(value: Any) -> bool:
    return isinstance(value, str) and re.match(r"https?://", value) is not None


MONEY = {"value!": number, "currency!": text}
FLAT = {"amount!": number, "currency!": text}
LINK = {"href!": web_address}
TRACKING = {"tracking_number!": text, "external_url": web_address}
ADDRESS = {
    "id": text,
    "first_name": text,
    "last_name": text,
    "phone_number": text,
    "address": text,
    "zip_code": text,
    "city": text,
    "region_code": text,
    "country_code": text,
    "default": boolean,
}

CONTACT = {
    "customer_id!": text,
    "name!": text,
    "brand": text,
    "created_at!": timestamp,
    "updated_at!": timestamp,
    "emails": [text],
    "phones": [text],
    "custom_fields": anything,
}
CUSTOMERS = {
    **{f"{name}!": integer for name in ("total", "count", "page", "per_page", "total_pages")},
    "_embedded": {"contacts": [CONTACT]},
    "_links!": {"self!": LINK},
}

_CUSTOMER = {
    "id!": text,
    "first_name": text,
    "last_name": text,
    "customer_since": timestamp,
    "integration_info": {"external_url": web_address, "type": text},
    "average_order_value": MONEY,
    "brand": text,
    "custom_fields": anything,
}
CUSTOMER = {**_CUSTOMER, "addresses": [ADDRESS]}
CUSTOMER_OF_CONNECTIONS = {**_CUSTOMER, "shipping_addresses": [ADDRESS]}

_STATUSES_AND_FLAGS = {
    **dict.fromkeys(("status", "cancellation_status", "fulfillment_status"), text),
    **dict.fromkeys(("payment_status", "delivery_status", "return_status"), text),
    **dict.fromkeys(("is_cancellable", "is_change_shipping_address_allowed"), boolean),
    **dict.fromkeys(("is_refundable", "is_returnable"), boolean),
    "brand": text,
    "custom_fields": anything,
}
_AMOUNTS = ("original_total", "final_total", "discounts", "shipping", "taxes", "net_payment")
_CARD = {"card_brand": text, "card_brand_image_url": web_address, "card_number": text}
_ORDER = {
    "id!": text,
    "order_number!": text,
    "customer_id": text,
    "purchase_datetime": timestamp,
    "delivery_type": text,
    "billing_address": ADDRESS,
    "items_number": integer,
    "price_summary": {
        **{f"{name}_amount": MONEY for name in _AMOUNTS},
        **{f"total_{name}_amount": MONEY for name in ("outstanding", "refunded")},
    },
    "payment_details": _CARD,
    "order_extra_info": {"highlighted_item_image_url": web_address},
    **_STATUSES_AND_FLAGS,
}
LISTED_ORDER = {**_ORDER, "shipping_address": ADDRESS}
LISTED_ORDER_OF_CONNECTIONS = {**_ORDER, "shipping_addresses": [ADDRESS]}
ORDER = {**LISTED_ORDER, "_links": {"self!": LINK}}
ORDER_OF_CONNECTIONS = {**LISTED_ORDER_OF_CONNECTIONS, "_links": {"self!": LINK}}
ORDERS = {"_embedded": {"orders": [LISTED_ORDER]}, "_links!": {"self!": LINK, "next": LINK}}
ORDERS_OF_CONNECTIONS = {
    "_embedded": {"orders": [LISTED_ORDER_OF_CONNECTIONS]},
    "_links!": {"self!": LINK, "next": LINK},
}

DELIVERY = {
    "id": text,
    "delivery_quantity": number,
    "latest_status_info": {"type!": text, "status_date_time": timestamp},
    "tracking_info": TRACKING,
    "last_update": timestamp,
    **dict.fromkeys(("carrier", "delivery_type", "service_level", "description"), text),
    **dict.fromkeys(("delivery_date_start", "delivery_date_end", "shipping_date"), text),
    "returnable_quantity": integer,
}
ITEM = {
    "id!": text,
    "name!": text,
    "description": text,
    "brand": text,
    "price": MONEY,
    "image_url": web_address,
    "quantity": number,
    "sku": text,
    "deliverable_quantity": integer,
    "refundable_quantity": integer,
    "deliveries": [DELIVERY],
    "custom_fields": anything,
}
MOST_RECENT_ORDER = {
    "id!": text,
    "order_number!": text,
    "customer_id": text,
    "purchase_datetime": timestamp,
    "delivery_type": text,
    "shipping_address": ADDRESS,
    "highlighted_item": ITEM,
    "tracking_info": TRACKING,
    "status_info": [{"generic_type": text, "detailed_type": text, "status_date_time": timestamp}],
    "status_info_current_index": integer,
    **_STATUSES_AND_FLAGS,
}

LINE_ITEM = {
    "id!": text,
    "name!": text,
    "price": MONEY,
    "image_url": web_address,
    "quantity": integer,
    "sku": text,
    "description": text,
}
REFUND = {
    "id!": text,
    "created_at": timestamp,
    "updated_at": timestamp,
    "note": text,
    "order_adjustments": [{"id!": text, **FLAT, "reason": text}],
    "refund_line_items": [{"line_item_id!": text, "quantity!": integer, **FLAT, "line_item": LINE_ITEM}],
    "transactions": [
        {
            "id!": text,
            "created_at!": timestamp,
            **FLAT,
            "kind!": text,
            "gateway": text,
            "payment_detail": {**_CARD, "is_refunded": boolean},
        }
    ],
    "shipping_lines": [{"id!": text, **FLAT}],
    "issued_by": {"display_name!": text, "source!": text, "happened_at": timestamp, "raw_app_title": text},
}
VARIANT = {
    "id": text,
    "sku": text,
    "price": MONEY,
    "images_ids": [text],
    "options": anything,
    "available_quantity": integer,
}
RETURN = {
    "id!": text,
    "name!": text,
    "status!": text,
    **dict.fromkeys(("created_at", "request_approved_at", "closed_at"), timestamp),
    "refund_ids": [text],
    "return_line_items": [
        {
            "id!": text,
            "line_item_id!": text,
            "quantity!": integer,
            "processed_quantity!": integer,
            **dict.fromkeys(("return_reason", "return_reason_note", "customer_note"), text),
            "restocking_fee": {"id": text, "percentage": number, "amount": number, "currency": text},
            "line_item": LINE_ITEM,
        }
    ],
    "shipping_fees": [{"id!": text, **FLAT}],
    "exchange_line_items": [
        {
            "id!": text,
            "line_item_ids!": [text],
            "quantity!": integer,
            "processed_quantity!": integer,
            "product_variant": VARIANT,
        }
    ],
    "decline": {"reason!": text, "note": text},
    "tracking_info": [TRACKING],
}


def stray_fields(value: Any, shape: Kind, at: str = "body") -> list[str]:
    """Every place where the value strays from the shape; none for one that keeps to it."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [
            stray for index, entry in enumerate(value) for stray in stray_fields(entry, shape[0], f"{at}[{index}]")
        ]
    if not isinstance(shape, Mapping):
        return [] if shape(value) else [f"{at} is {value!r}"]
    if not isinstance(value, dict):
        return [f"{at} is no object"]
    strays = []
    kinds = {name.removesuffix("!"): kind for name, kind in shape.items()}
    strays += [f"{at}.{name[:-1]} is missing" for name in shape if name.endswith("!") and name[:-1] not in value]
    strays += [f"{at}.{name} is in no reference" for name in value if name not in kinds]
    for name, inner in value.items():
        is_optional_null = inner is None and name in shape
        if name in kinds and not is_optional_null:
            strays += stray_fields(inner, kinds[name], f"{at}.{name}")
    return strays


def field_names(shape: Mapping[str, Any]) -> set[str]:
    """The names of a shape's fields."""
    return {name.removesuffix("!") for name in shape}
