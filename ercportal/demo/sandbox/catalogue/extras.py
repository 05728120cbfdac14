"""Orders that use the optional parts of the API: custom fields, the newer fields, refunds and returns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, money, tracking
from ercportal.demo.sandbox.catalogue.products import sold

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json


def extra_orders(clock: Clock) -> list[Order]:
    """The orders with optional parts, fresh by this clock."""
    return [_custom_fields(clock), _newer_fields(clock), _refunds_and_returns(clock)]


def _custom_fields(clock: Clock) -> Order:
    gift = sold(
        "itm-21102-1",
        "BOK-9780-HC",
        deliveries=[delivery("dlv-21102-1", "CONFIRMED", clock.ago(hours=4))],
        custom_fields={
            "gift_wrap": True,
            "engraving": None,
            "message": "Happy birthday, Noor!",
            "dimensions": {"unit": "cm", "width": 14, "height": 21, "depth": 3.2},
            "tags": ["gift", "book", "limited edition"],
        },
    )
    plain = sold("itm-21102-2", "MUG-0340-TL", custom_fields={})
    page: dict[str, Json] = {
        "id": "page-21102",
        "custom_fields": {
            "loyalty_tier": "Gold",
            "loyalty_points": 1840,
            "is_business_customer": False,
            "preferred_shop": {"name": "Lindenplatz", "address": {"city": "Hamburg", "postcode": "20099"}},
            "vouchers": ["SPRING-10", {"code": "WELCOME", "value": 5}],
            "note": None,
        },
    }
    about = "Custom fields on the page and on an item: text, numbers, yes and no, null, lists, nested objects."
    return Order("C-1005", "A-21102", "Custom fields", about, (gift, plain), page)


def _newer_fields(clock: Clock) -> Order:
    headphones = sold(
        "itm-21107-1",
        "HPH-NC20-IN",
        2,
        deliverable_quantity=1,
        refundable_quantity=2,
        deliveries=[
            delivery(
                "dlv-21107-1",
                "DELIVERED",
                clock.ago(days=2),
                carrier="Nordpost",
                delivery_type="HOME",
                service_level="Standard",
                description="Left with the neighbour at number 12.",
                shipping_date=clock.day(-4),
                delivery_date_start=clock.day(-3),
                delivery_date_end=clock.day(-2),
                returnable_quantity=1,
                tracking_info=tracking("NP 4476 2210 07"),
            ),
            delivery(
                "dlv-21107-2",
                "IN_TRANSIT",
                clock.ago(hours=6),
                carrier="Kestrel Express",
                delivery_type="HOME",
                service_level="Next day",
                description="Signature needed.",
                shipping_date=clock.day(-1),
                delivery_date_start=clock.at(1, 8),
                delivery_date_end=clock.at(1, 12),
                returnable_quantity=0,
                tracking_info=tracking("KE-8831-004-9", "kestrel.example"),
            ),
        ],
    )
    keyboard = sold(
        "itm-21107-2",
        "KBD-TKL-DE",
        deliverable_quantity=0,
        refundable_quantity=0,
        deliveries=[
            delivery("dlv-21107-3", "PICKED_UP", clock.ago(days=9), delivery_type="PICKUP", returnable_quantity=1),
        ],
    )
    about = "Carrier, type, service, promised window, shipping day, refundable and returnable quantities."
    return Order("C-1005", "A-21107", "The newer fields", about, (headphones, keyboard), {"id": "page-21107"})


def _refunds_and_returns(clock: Clock) -> Order:
    shirt = sold(
        "itm-21110-1",
        "TEE-ORG-M-RO",
        3,
        deliverable_quantity=0,
        refundable_quantity=1,
        deliveries=[delivery("dlv-21110-1", "DELIVERED", clock.ago(days=12), 3, returnable_quantity=1)],
    )
    shoes = sold(
        "itm-21110-2",
        "SNK-7421-39",
        deliverable_quantity=0,
        refundable_quantity=0,
        deliveries=[delivery("dlv-21110-2", "DELIVERED", clock.ago(days=12))],
    )
    embedded: dict[str, Json] = {"refunds": _refunds(clock), "returns": _returns(clock)}
    about = "Two refunds; one return received, one on its way with an exchange, one declined."
    return Order("C-1005", "A-21110", "Refunds and returns", about, (shirt, shoes), {"id": "page-21110"}, embedded)


def _refunds(clock: Clock) -> list[Json]:
    """Money is flat in a refund: an amount and a currency side by side."""
    return [
        {
            "id": "rfd-5011",
            "created_at": clock.ago(days=5),
            "updated_at": clock.ago(days=4),
            "note": "Wrong size",
            "order_adjustments": [{"id": "adj-5011", **_flat("-4.90"), "reason": "Return label"}],
            "refund_line_items": [
                {
                    "line_item_id": "itm-21110-2",
                    "quantity": 1,
                    **_flat("89.00"),
                    "line_item": {"id": "itm-21110-2", "name": "Canvas sneakers", "price": money("89.00")},
                }
            ],
            "transactions": [
                {
                    "id": "trn-5011",
                    "created_at": clock.ago(days=4),
                    **_flat("84.10"),
                    "kind": "refund",
                    "gateway": "Kestrel Pay",
                    "payment_detail": {
                        "card_brand": "Visa",
                        "card_number": "•••• •••• •••• 4242",
                        "is_refunded": True,
                    },
                }
            ],
            "issued_by": {
                "display_name": "Mika Lindqvist",
                "source": "TALKDESK_AGENT",
                "happened_at": clock.ago(days=5),
            },
        },
        {
            "id": "rfd-5017",
            "created_at": clock.ago(hours=18),
            "note": "Seam came undone",
            "refund_line_items": [{"line_item_id": "itm-21110-1", "quantity": 2, **_flat("49.80")}],
            "shipping_lines": [{"id": "shp-5017", **_flat("0.00")}],
            "issued_by": {"display_name": "Shop", "source": "SHOPIFY_ADMIN"},
        },
    ]


def _returns(clock: Clock) -> list[Json]:
    return [
        {
            "id": "rtn-3308",
            "name": "#R-3308",
            "status": "Received",
            "created_at": clock.ago(days=9),
            "request_approved_at": clock.ago(days=9),
            "closed_at": clock.ago(days=5),
            "refund_ids": ["rfd-5011"],
            "return_line_items": [
                {
                    "id": "rli-3308",
                    "line_item_id": "itm-21110-2",
                    "quantity": 1,
                    "processed_quantity": 1,
                    "return_reason": "SIZE_TOO_SMALL",
                    "customer_note": "One size up, please.",
                    "restocking_fee": {"id": "fee-3308", "percentage": 0, **_flat("0.00")},
                }
            ],
            "shipping_fees": [{"id": "shf-3308", **_flat("4.90")}],
            "tracking_info": [tracking("NP 4470 9013 55")],
        },
        {
            "id": "rtn-3315",
            "name": "#R-3315",
            "status": "Label sent",
            "created_at": clock.ago(days=1),
            "return_line_items": [
                {"id": "rli-3315", "line_item_id": "itm-21110-1", "quantity": 2, "processed_quantity": 0}
            ],
            "exchange_line_items": [
                {
                    "id": "exc-3315",
                    "line_item_ids": ["itm-21110-1"],
                    "quantity": 2,
                    "processed_quantity": 0,
                    "product_variant": {"id": "var-3315", "sku": "TEE-ORG-L-RO", "options": {"size": "L"}},
                }
            ],
        },
        {
            "id": "rtn-3316",
            "name": "#R-3316",
            "status": "Declined",
            "decline": {"reason": "FINAL_SALE", "note": "Bought in the sale."},
        },
    ]


def _flat(amount: str) -> dict[str, Json]:
    return {"amount": Decimal(amount), "currency": "EUR"}
