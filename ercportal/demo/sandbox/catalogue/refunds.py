"""A refund, the return before it, and an exchange, with every field that the reference knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from ercportal.demo.sandbox.catalogue.model import Clock
    from ercportal.demo.sandbox.catalogue.terms import Terms
    from ercportal.demo.sandbox.wire import Json

_LINE_ITEM = ("id", "name", "price", "image_url", "quantity", "sku", "description")


def refunds_and_returns(terms: Terms, items: Sequence[Mapping[str, Json]], clock: Clock) -> dict[str, Json]:
    """One unit of the first item came back and was refunded, half-way between the delivery and now.

    One of the second item, if there is one, is to be exchanged.
    """
    day = terms.reached / 2
    line_items = [{name: item[name] for name in _LINE_ITEM} for item in items]
    returns = [_return(terms, line_items[0], clock, day)]
    returns += [_exchange(terms, line_item, clock.ago(days=day)) for line_item in line_items[1:2]]
    return {"refunds": [_refund(terms, line_items[0], clock.ago(days=day))], "returns": returns}


def _flat(amount: Decimal, terms: Terms) -> dict[str, Json]:
    """Money is flat here: an amount and a currency side by side."""
    return {"amount": amount, "currency": terms.currency}


def _refund(terms: Terms, line_item: Mapping[str, Json], when: str) -> Json:
    nothing = terms.refunded - terms.refunded
    return {
        "id": f"rfd-{terms.order_id}",
        "created_at": when,
        "updated_at": when,
        "note": "Returned by post",
        "order_adjustments": [{"id": f"adj-{terms.order_id}", **_flat(nothing, terms), "reason": "None"}],
        "refund_line_items": [
            {
                "line_item_id": line_item["id"],
                "quantity": 1,
                **_flat(terms.refunded, terms),
                "line_item": line_item,
            }
        ],
        "transactions": [
            {
                "id": f"trn-{terms.order_id}",
                "created_at": when,
                **_flat(terms.refunded, terms),
                "kind": "refund",
                "gateway": "Kestrel Pay",
                "payment_detail": {
                    "card_brand": terms.card_brand,
                    "card_brand_image_url": "/pictures/card-slate.svg",
                    "card_number": terms.card_number,
                    "is_refunded": True,
                },
            }
        ],
        "shipping_lines": [{"id": f"shp-{terms.order_id}", **_flat(nothing, terms)}],
        "issued_by": {
            "display_name": "Returns desk",
            "source": "THIRD_PARTY_APP",
            "happened_at": when,
            "raw_app_title": "Returns by Kestrel",
        },
    }


def _return(terms: Terms, line_item: Mapping[str, Json], clock: Clock, day: float) -> Json:
    nothing = terms.refunded - terms.refunded
    return {
        "id": f"rtn-{terms.order_id}",
        "name": f"#R-{terms.order_id}",
        "status": "closed",
        "created_at": clock.ago(days=day * 1.6),
        "request_approved_at": clock.ago(days=day * 1.5),
        "closed_at": clock.ago(days=day),
        "refund_ids": [f"rfd-{terms.order_id}"],
        "return_line_items": [
            {
                "id": f"rli-{terms.order_id}",
                "line_item_id": line_item["id"],
                "quantity": 1,
                "processed_quantity": 1,
                "return_reason": "COLOR",
                "return_reason_note": "Another shade than in the picture",
                "customer_note": "Lovely, but not my colour.",
                "restocking_fee": {"id": f"fee-{terms.order_id}", "percentage": 0, **_flat(nothing, terms)},
                "line_item": line_item,
            }
        ],
        "shipping_fees": [{"id": f"shf-{terms.order_id}", **_flat(nothing, terms)}],
        "tracking_info": [
            {
                "tracking_number": f"NP R {terms.order_id}",
                "external_url": f"https://track.nordpost.example/returns/{terms.order_id}",
            }
        ],
    }


def _exchange(terms: Terms, line_item: Mapping[str, Json], when: str) -> Json:
    return {
        "id": f"rtn-{terms.order_id}-2",
        "name": f"#R-{terms.order_id}-2",
        "status": "open",
        "created_at": when,
        "exchange_line_items": [
            {
                "id": f"exc-{terms.order_id}",
                "line_item_ids": [line_item["id"]],
                "quantity": 1,
                "processed_quantity": 0,
                "product_variant": {
                    "id": f"var-{terms.order_id}",
                    "sku": line_item["sku"],
                    "price": line_item["price"],
                    "images_ids": [f"img-{terms.order_id}"],
                    "options": {"colour": "another"},
                    "available_quantity": 7,
                },
            }
        ],
    }
