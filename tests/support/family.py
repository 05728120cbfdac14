"""Made-up customers and orders for the stub, builders for more of them, and scripts that search among them.

serve_family(erc)                                       # CONTACTS, CUSTOMERS and ORDERS
erc.answers_at("orders", Reply(content=orders_page(order("O-7"))))
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.support.stub_erc import Asked, Reply, StubErc, error, item
from tests.support.stub_routes import nothing_found

Fields = dict[str, Any]
_SELF = {"_links": {"self": {"href": "https://api.example/family"}}}


def contact(customer_id: str = "C-1", name: str = "Ines Duarte", **fields: Any) -> Fields:
    """A customer as the search gives them: with the required fields, and `fields`."""
    times = {"created_at": "2024-02-03T10:00:00.000Z", "updated_at": "2026-01-05T08:30:00.000Z"}
    return {"customer_id": customer_id, "name": name, **times, **fields}


def contacts_page(*contacts: Any, page: int = 1, per_page: int = 50, total: int | None = None) -> Fields:
    """A page of found customers; `total` counts those on other pages, too."""
    total = len(contacts) if total is None else total
    numbers = {"total": total, "count": len(contacts), "page": page, "per_page": per_page}
    return {**numbers, "total_pages": -(-total // per_page), "_embedded": {"contacts": list(contacts)}, **_SELF}


def address(**fields: Any) -> Fields:
    """An address in Lisbon, with `fields`."""
    return {
        "id": "adr-1",
        "first_name": "Ines",
        "last_name": "Duarte",
        "phone_number": "+351910000001",
        "address": "Rua do Alecrim 12",
        "zip_code": "1200-018",
        "city": "Lisboa",
        "region_code": "PT-11",
        "country_code": "PT",
        "default": True,
        **fields,
    }


def customer(customer_id: str = "C-1", **fields: Any) -> Fields:
    """A customer at their own address."""
    return {
        "id": customer_id,
        "first_name": "Ines",
        "last_name": "Duarte",
        "customer_since": "2024-02-03T10:00:00.000Z",
        "addresses": [address()],
        **fields,
    }


def money(value: Any, currency: str = "EUR") -> Fields:
    """An amount as totals have it."""
    return {"value": value, "currency": currency}


def order(order_id: str = "O-1", number: str = "", customer_id: str | None = "C-1", **fields: Any) -> Fields:
    """An order with what an agent looks for, and `fields`; without a `customer_id` where that is None."""
    known = {
        "id": order_id,
        "order_number": number or f"#{order_id}",
        "customer_id": customer_id,
        "purchase_datetime": "2026-01-04T09:15:00.000Z",
        "delivery_type": "SHIPPING",
        "shipping_address": address(),
        "items_number": 1,
        "price_summary": {
            "original_total_amount": money(12),
            "discounts_amount": money(2),
            "shipping_amount": money(4),
            "final_total_amount": money(14),
        },
        "payment_details": {"card_brand": "Visa", "card_number": "4111111111114242"},
        "status": "Dispatched",
        **fields,
    }
    return {name: value for name, value in known.items() if value is not None}


def orders_page(*orders: Any, next_cursor: str | None = None) -> Fields:
    """A page of orders."""
    following = {"next": {"href": f"https://api.example/orders?cursor={next_cursor}"}} if next_cursor else {}
    return {"_embedded": {"orders": list(orders)}, "_links": {**_SELF["_links"], **following}}


def step(
    generic_type: str = "CONFIRMED", detailed_type: str = "CONFIRMED", at: str = "2026-01-04T09:20:00Z"
) -> Fields:
    """A dated step of a history."""
    return {"generic_type": generic_type, "detailed_type": detailed_type, "status_date_time": at}


def recent_order(order_id: str = "O-1", *steps: Fields, **fields: Any) -> Fields:
    """A customer's most recent order, with the history of `steps`."""
    steps = steps or (step(), step("ON_ITS_WAY", "IN_TRANSIT", "2026-01-05T06:00:00Z"))
    listed = ("items_number", "price_summary", "payment_details")
    known = {name: value for name, value in order(order_id).items() if name not in listed}
    history = {"status_info": list(steps), "status_info_current_index": len(steps) - 1}
    return {**known, "highlighted_item": item(), **history, **fields}


CONTACTS = (
    contact(emails=["ines@mail.example"], phones=["+351910000001"], brand="North"),
    contact("C-2", "Íris Duarte", emails=["iris@mail.example"], phones=["+351910000001"]),
    contact("C-3", "Tomáš Novák", emails=["tomas@mail.example"], phones=["+420601000003"]),
)
"""Two of them share a telephone and a last name; the third has no order."""

CUSTOMERS = (
    customer(),
    customer("C-2", first_name="Íris"),
    customer("C-3", first_name="Tomáš", last_name="Novák", addresses=[]),
)
ORDERS = (
    *(order(f"O-{number}", f"#N{number:03}") for number in range(1, 8)),
    order("O-8", "#N108", "C-2", shipping_address=address(first_name="Íris")),
    order("O-9", "#N109", "C-2", shipping_address=None),
)
"""Seven orders of the first customer and two of the second, newest first; `#N10` is in two of the numbers."""


def serve_family(
    erc: StubErc,
    contacts: Sequence[Fields] = CONTACTS,
    customers: Sequence[Fields] = CUSTOMERS,
    orders: Sequence[Fields] = ORDERS,
) -> None:
    """Have the stub know these customers and orders, at each endpoint of the family."""
    erc.family |= {
        "customers": lambda asked: _find_contacts(asked, contacts),
        "customer": lambda asked: _one(customers, {"id": _ids_in(asked)[0]}),
        "customer_orders": lambda asked: _list_of_customer(asked, customers, orders),
        "orders": lambda asked: _list_orders(asked, orders),
        "order": lambda asked: _one(orders, dict(zip(("customer_id", "id"), _ids_in(asked), strict=True))),
        "recent_order": lambda asked: _most_recent(asked, orders),
    }


def _ids_in(asked: Asked) -> list[str]:
    """The ids in a path. Those of the tests' customers and orders need no percent-encoding."""
    _, _, below = asked.path.partition("/customers/")
    return below.split("/")[::2] if "/orders/" in below else [below.partition("/")[0]]


def _one(known: Sequence[Fields], wanted: Mapping[str, str]) -> Reply:
    found = [one for one in known if all(one.get(name) == value for name, value in wanted.items())]
    return Reply(content=found[0]) if found else error(404, "not_found")


def _find_contacts(asked: Asked, contacts: Sequence[Fields]) -> Reply:
    is_fuzzy = asked.query.get("matchMode") == "fuzzy"
    is_fit = _is_part if is_fuzzy else _is_same
    found = [one for one in contacts if all(_fits(one, asked.query, name, is_fit) for name in _CRITERIA)]
    if not found:
        return Reply(content=nothing_found("customers"))
    page, per_page = int(asked.query.get("page", 1)), int(asked.query.get("per_page", 50))
    shown = found[(page - 1) * per_page : page * per_page]
    return Reply(content=contacts_page(*shown, page=page, per_page=per_page, total=len(found)))


_CRITERIA: Mapping[str, Callable[[Fields], Sequence[str]]] = {
    "name": lambda one: [one["name"]],
    "email": lambda one: one.get("emails") or [],
    "phone": lambda one: one.get("phones") or [],
    "brand": lambda one: [one.get("brand") or ""],
}


def _fits(one: Fields, query: Mapping[str, str], name: str, is_fit: Callable[[str, str], bool]) -> bool:
    if "ids" in query and one["customer_id"] not in query["ids"].split(","):
        return False
    return name not in query or any(is_fit(query[name], text) for text in _CRITERIA[name](one))


def _is_same(wanted: str, text: str) -> bool:
    return unicodedata.normalize("NFC", wanted).casefold() == text.casefold()


def _is_part(wanted: str, text: str) -> bool:
    return all(word in _plain(text) for word in _plain(wanted).split())


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _list_of_customer(asked: Asked, customers: Sequence[Fields], orders: Sequence[Fields]) -> Reply:
    customer_id = _ids_in(asked)[0]
    if all(one["id"] != customer_id for one in customers):
        return error(404, "not_found")
    return _list_orders(asked, [one for one in orders if one.get("customer_id") == customer_id])


def _list_orders(asked: Asked, orders: Sequence[Fields]) -> Reply:
    wanted = asked.query.get("search", "").casefold()
    found = [one for one in orders if wanted in one["order_number"].casefold()]
    if not found:
        return Reply(content=nothing_found(asked.endpoint))
    start, limit = int(asked.query.get("cursor", "at-0").removeprefix("at-")), int(asked.query.get("limit", 20))
    following = f"at-{start + limit}" if start + limit < len(found) else None
    return Reply(content=orders_page(*found[start : start + limit], next_cursor=following))


def _most_recent(asked: Asked, orders: Sequence[Fields]) -> Reply:
    customer_id = _ids_in(asked)[0]
    newest = next((one for one in orders if one.get("customer_id") == customer_id), None)
    if newest is None:
        return error(404, "not_found")
    same = {name: newest[name] for name in ("order_number", "customer_id", "purchase_datetime") if name in newest}
    return Reply(content=recent_order(newest["id"], **same))
