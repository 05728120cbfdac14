"""The decoder: it reads what keeps to the reference to the letter, and of anything else all that can be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orders.erc.amounts import Price
from orders.erc.decode import MAX_ITEMS, decode_items_page
from orders.erc.errors import InvalidResponse
from orders.erc.schema import Delivery, Item, ItemsPage
from tests.fuzz.bodies import ENCODINGS, encoded, garbled
from tests.fuzz.budget import share
from tests.fuzz.invariants.counting import entries_sent, require_all_counted
from tests.fuzz.json_text import Raw, written
from tests.fuzz.mutations import spoiled
from tests.fuzz.pages import pages


def decoded(body: bytes) -> ItemsPage | None:
    """The page; None where the body is refused as a whole, in the one way that callers know."""
    try:
        return decode_items_page(body)
    except InvalidResponse:
        return None


@share(0.12)
@given(pages(), st.sampled_from(ENCODINGS))
def test_page_that_keeps_to_the_reference_is_read_to_the_letter(page: Any, encode: Any) -> None:
    found = decode_items_page(encode(written(page)))

    sent = page["_embedded"]["items"]
    assert (found.unreadable, found.defaulted, found.items_beyond) == ((), (), 0)
    assert len(found.items) == len(sent)
    for item, fields in zip(found.items, sent, strict=True):
        require_item(item, fields)
    assert len(found.refunds) == len(page["_embedded"].get("refunds") or ())
    assert len(found.returns) == len(page["_embedded"].get("returns") or ())
    assert all(refund.read for refund in found.refunds)
    assert all(returned.read for returned in found.returns)


@share(0.08)
@given(pages())
def test_page_is_read_the_same_whichever_way(page: Any) -> None:
    swift = decode_items_page(written(page).encode())

    slow = decode_items_page(written({**page, "odd": Raw("NaN")}).encode())

    assert slow == swift


@share(0.18)
@given(spoiled(pages()), encoded())
def test_spoiled_page_is_read_or_refused_and_every_entry_counted(page: Any, encode: Any) -> None:
    found = decoded(encode(written(page)))

    sent = entries_sent(page)
    if found is not None:
        assert sent is not None
        require_all_counted(found, len(sent))
        assert len(found.items) <= MAX_ITEMS
        require_numbers_to_be_short(found)


@share(0.1)
@given(garbled(spoiled(pages(most=1), most=1)))
def test_garbled_body_is_read_or_refused(body: bytes) -> None:
    found = decoded(body)

    if found is not None:
        assert decode_items_page(body, is_checked=True) == found


def require_item(item: Item, sent: dict[str, Any]) -> None:
    """Every field is what was sent."""
    for name in ("id", "name", "description", "brand", "image_url", "sku"):
        assert getattr(item, name) == sent.get(name), name
    require_price(item.price, sent.get("price"))
    for name in ("quantity", "deliverable_quantity", "refundable_quantity"):
        require_count(getattr(item, name), sent.get(name))
    deliveries = item.deliveries or ()
    assert item.deliveries_beyond == 0
    for delivery, fields in zip(deliveries, sent.get("deliveries") or (), strict=True):
        require_delivery(delivery, fields)


def require_delivery(delivery: Delivery, sent: dict[str, Any]) -> None:
    for name in ("id", "carrier", "delivery_type", "service_level", "description"):
        assert getattr(delivery, name) == sent.get(name), name
    for name in ("last_update", "delivery_date_start", "delivery_date_end", "shipping_date"):
        moment = getattr(delivery, name)
        assert (moment and moment.text) == (sent.get(name) if sent.get(name) is None else str(sent[name])), name
    for name in ("delivery_quantity", "returnable_quantity"):
        require_count(getattr(delivery, name), sent.get(name))
    info, tracking = sent.get("latest_status_info") or {}, sent.get("tracking_info") or {}
    assert (delivery.latest_status_info and delivery.latest_status_info.type) == info.get("type")
    found = delivery.tracking_info
    assert (found and found.tracking_number) == tracking.get("tracking_number")
    assert (found and found.external_url) == tracking.get("external_url")


def require_price(price: Price | None, sent: Any) -> None:
    """The amount has the very digits that were sent, zeros at its end included; only nothing has no sign."""
    if sent is None:
        assert price is None
        return
    assert price is not None
    value = Decimal(sent["value"])
    assert str(price.value or price.value.copy_abs()) == str(value or value.copy_abs())
    assert price.currency == sent["currency"]


def require_count(count: Any, sent: Any) -> None:
    assert count == (None if sent is None else Decimal(sent))


def require_numbers_to_be_short(page: ItemsPage) -> None:
    """No number can be so long that to print it takes the memory."""
    for item in page.items:
        counts = [item.quantity, item.deliverable_quantity, item.refundable_quantity]
        counts += [
            count for one in item.deliveries or () for count in (one.delivery_quantity, one.returnable_quantity)
        ]
        amounts = [item.price.value] if item.price else []
        assert all(len(f"{number:f}") < 200 for number in (*counts, *amounts) if number is not None)
