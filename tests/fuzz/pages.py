"""Pages of items that keep to the reference, with every optional field present, absent or null."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.fuzz.json_text import Raw
from tests.fuzz.texts import links, words
from tests.fuzz.values import (
    CURRENCIES,
    NUMBERS,
    STATUSES,
    amounts,
    counts,
    custom_fields,
    timestamps,
)

Fields = dict[str, st.SearchStrategy[Any]]

LIST = "https://api.example/erc/ecommerce/customers/C-1/orders/O-1/items"


def made_of(optional: Fields, **required: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with the required fields, and some of the optional ones, which may be null as well."""
    return st.fixed_dictionaries(
        required, optional={name: st.one_of(value, value, st.none()) for name, value in optional.items()}
    )


@cache
def ids(prefix: str) -> st.SearchStrategy[str]:
    """An id: opaque, and now and then the same as another."""
    return st.sampled_from((f"{prefix}-1", f"{prefix}-2", f"{prefix}/ä 3#?%")) | st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
    )


@cache
def prices() -> st.SearchStrategy[dict[str, Any]]:
    """An amount in a currency, as an object."""
    return st.fixed_dictionaries({"value": amounts(), "currency": st.sampled_from(CURRENCIES)})


@cache
def deliveries() -> st.SearchStrategy[dict[str, Any]]:
    """One delivery of an item."""
    status = made_of({"type": st.sampled_from(STATUSES), "status_date_time": timestamps()})
    tracking = made_of({"tracking_number": st.sampled_from(NUMBERS) | words(), "external_url": links()})
    return made_of(
        {
            "id": ids("D"),
            "delivery_quantity": counts(),
            "latest_status_info": status,
            "tracking_info": tracking,
            **dict.fromkeys(("last_update", "shipping_date"), timestamps()),
            **dict.fromkeys(("delivery_date_start", "delivery_date_end"), timestamps()),
            **dict.fromkeys(("carrier", "service_level", "description"), words()),
            "delivery_type": st.sampled_from(("SHIPPING", "LOCAL_PICKUP", "click & collect")) | words(),
            "returnable_quantity": counts(),
        }
    )


@cache
def items() -> st.SearchStrategy[dict[str, Any]]:
    """One item of an order."""
    return made_of(
        {
            "price": prices(),
            **dict.fromkeys(("description", "brand", "sku"), words()),
            "image_url": links(),
            **dict.fromkeys(("quantity", "deliverable_quantity", "refundable_quantity"), counts()),
            "deliveries": st.lists(deliveries(), max_size=3) | st.lists(deliveries(), min_size=1, max_size=2),
            "custom_fields": custom_fields(),
        },
        id=ids("I"),
        name=words(),
    )


@cache
def cursors() -> st.SearchStrategy[str]:
    """An opaque cursor."""
    return st.sampled_from(("c-2", "a+b/c==", "ü&x=1#", "eyJhIjoxfQ")) | st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
    )


def next_link(cursor: str) -> dict[str, Any]:
    """The link to a page, as the API writes it."""
    return {"href": f"{LIST}?{urlencode({'limit': 20, 'cursor': cursor})}"}


@cache
def pages(*, most: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    """A whole answer: one page of items."""
    embedded = made_of(
        {"refunds": st.lists(refunds(), max_size=2), "returns": st.lists(returns(), max_size=2)},
        items=st.lists(items(), max_size=most) | st.lists(items(), min_size=most, max_size=most),
    )
    ends: tuple[Any, ...] = (None, {}, {"href": None})
    return made_of(
        {"id": words(), "custom_fields": custom_fields()},
        _embedded=embedded,
        _links=made_of({"next": st.sampled_from(ends) | cursors().map(next_link)}, self=st.just({"href": LIST})),
    )


def whole_page() -> dict[str, Any]:
    """A page whose two items have every field there is, with a text wherever one can be."""
    texts = ("id", "carrier", "delivery_type", "service_level", "description", "last_update")
    dates = ("delivery_date_start", "delivery_date_end", "shipping_date")
    delivery = {
        **dict.fromkeys((*texts, *dates), "text"),
        "delivery_quantity": 1,
        "latest_status_info": {"type": "text", "status_date_time": "text"},
        "tracking_info": {"tracking_number": "text", "external_url": "text"},
    }
    item = {
        **dict.fromkeys(("id", "name", "description", "brand", "sku", "image_url"), "text"),
        "price": {"value": Raw("10.10"), "currency": "text"},
        "quantity": 1,
        "deliveries": [delivery],
        "custom_fields": {"a": "text", "b": ["text", {"c": "text"}]},
    }
    embedded = {
        "items": [item, {**item, "deliveries": [delivery, delivery]}],
        "refunds": [_whole_refund()],
        "returns": [_whole_return()],
    }
    return {"_embedded": embedded, "_links": {"self": {"href": LIST}}}


def _whole_refund() -> dict[str, Any]:
    money = {"amount": 1, "currency": "text"}
    card = {"card_brand": "text", "card_number": "text"}
    return {
        **dict.fromkeys(("id", "created_at", "note"), "text"),
        "order_adjustments": [{"id": "text", **money, "reason": "text"}],
        "refund_line_items": [{"line_item_id": "text", "quantity": 1, **money, "line_item": {"name": "text"}}],
        "transactions": [{"id": "text", **money, "kind": "refund", "gateway": "text", "payment_detail": card}],
        "shipping_lines": [{"id": "text", **money}],
        "issued_by": {"display_name": "text", "source": "text", "raw_app_title": "text"},
    }


def _whole_return() -> dict[str, Any]:
    money = {"amount": 1, "currency": "text"}
    words = ("line_item_id", "return_reason", "return_reason_note", "customer_note")
    variant = {"sku": "text", "price": {"value": 1, "currency": "text"}, "options": {"text": "text"}}
    return {
        **dict.fromkeys(("id", "name", "status", "created_at", "request_approved_at", "closed_at"), "text"),
        "refund_ids": ["text"],
        "return_line_items": [
            {
                **dict.fromkeys(words, "text"),
                "restocking_fee": {**money, "percentage": 1},
                "line_item": {"name": "text"},
            }
        ],
        "shipping_fees": [money],
        "exchange_line_items": [{"line_item_ids": ["text"], "quantity": 1, "product_variant": variant}],
        "decline": {"reason": "text", "note": "text"},
        "tracking_info": [{"tracking_number": "text", "external_url": "text"}],
    }


def _flat_money(**more: st.SearchStrategy[Any]) -> Fields:
    return {**more, "amount": amounts(), "currency": st.sampled_from(CURRENCIES)}


@cache
def line_items() -> st.SearchStrategy[dict[str, Any]]:
    """An item as refunds and returns repeat it."""
    return made_of(
        {"price": prices(), "image_url": links(), "quantity": counts(), "sku": words(), "description": words()},
        id=ids("I"),
        name=words(),
    )


@cache
def refunds() -> st.SearchStrategy[dict[str, Any]]:
    """A refund of the order."""
    fees = st.fixed_dictionaries(_flat_money(id=ids("F")))
    lines = made_of({"line_item": line_items()}, **_flat_money(line_item_id=ids("I"), quantity=counts()))
    card = made_of({"card_brand": words(), "card_number": words(), "is_refunded": st.booleans()})
    transactions = made_of(
        {"gateway": words(), "payment_detail": card},
        **_flat_money(id=ids("T"), created_at=timestamps(), kind=words()),
    )
    return made_of(
        {
            **dict.fromkeys(("created_at", "updated_at"), timestamps()),
            "note": words(),
            "order_adjustments": st.lists(fees, max_size=1),
            "refund_line_items": st.lists(lines, max_size=1),
            "transactions": st.lists(transactions, max_size=1),
            "shipping_lines": st.lists(fees, max_size=1),
            "issued_by": made_of({"happened_at": timestamps()}, display_name=words(), source=words()),
        },
        id=ids("R"),
    )


@cache
def returns() -> st.SearchStrategy[dict[str, Any]]:
    """A return."""
    units = {"quantity": counts(), "processed_quantity": counts()}
    lines = made_of(
        {
            **dict.fromkeys(("return_reason", "return_reason_note", "customer_note"), words()),
            "restocking_fee": st.fixed_dictionaries(_flat_money(id=ids("F"), percentage=amounts())),
            "line_item": line_items(),
        },
        id=ids("L"),
        line_item_id=ids("I"),
        **units,
    )
    variants = made_of({"sku": words(), "price": prices(), "options": custom_fields()}, id=ids("V"))
    exchanges = made_of(
        {"product_variant": variants}, id=ids("E"), line_item_ids=st.lists(ids("I"), max_size=2), **units
    )
    tracking = made_of({"tracking_number": words(), "external_url": links()})
    return made_of(
        {
            **dict.fromkeys(("created_at", "request_approved_at", "closed_at"), timestamps()),
            "refund_ids": st.lists(ids("R"), max_size=2),
            "return_line_items": st.lists(lines, max_size=1),
            "exchange_line_items": st.lists(exchanges, max_size=1),
            "decline": made_of({"note": words()}, reason=words()),
            "tracking_info": st.lists(tracking, max_size=1),
        },
        id=ids("R"),
        name=words(),
        status=words(),
    )
