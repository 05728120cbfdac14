"""The faults of the endpoints around the items: an id `F-{place}-{fault}` says where and what.

A customer id leads to those of CUSTOMER, CUSTOMERS_ORDERS and MOST_RECENT_ORDER, an order id to those of ORDER, a
text that is searched for to those of CUSTOMERS and ORDERS. Every other endpoint is well for the same id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from ercportal.demo.sandbox.faults import ITEMS_FAULTS, Fault, Faults, Visit
from ercportal.demo.sandbox.wire import Answer, json_answer

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

CUSTOMERS = "customers"
CUSTOMER = "customer"
CUSTOMERS_ORDERS = "customer-orders"
ORDERS = "orders"
ORDER = "order"
MOST_RECENT_ORDER = "most-recent-order"

_ENDLESS = 999


def _garbled(_faults: Faults, visit: Visit) -> Answer:
    fine = visit.fine()
    return replace(fine, body=b"\xff\xfe" + fine.body.replace(b":", b";"))


def _wrong_kinds(_faults: Faults, visit: Visit) -> Answer:
    names = ("_embedded", "_links", "id", "order_number", "total")
    return json_answer(200, {**visit.page(visit.position, None), **dict.fromkeys(names, "?" * 7), "id": ["x"]})


def _no_object(_faults: Faults, visit: Visit) -> Answer:
    return json_answer(200, [visit.page(visit.position, None)])


def _malformed_entries(_faults: Faults, visit: Visit) -> Answer:
    page = visit.page(visit.position, None)
    embedded = cast("dict[str, list[Json]]", page["_embedded"])
    broken: list[Json] = [None, "an entry", {}, {"id": None, "customer_id": None, "name": 5}]
    return json_answer(200, {**page, "_embedded": {name: broken + entries for name, entries in embedded.items()}})


def _pages_for_ever(_faults: Faults, visit: Visit) -> Answer:
    return json_answer(200, {**visit.page(0, None), "total_pages": _ENDLESS})


def _next_link(_faults: Faults, visit: Visit) -> Answer:
    """A next link where none is declared: what is found comes on two pages, whatever the page size."""
    page = visit.page(0, None)
    contacts = cast("dict[str, list[Json]]", page["_embedded"])["contacts"]
    links = cast("dict[str, dict[str, str]]", page["_links"])
    if visit.position > 0:
        return json_answer(200, {**page, "_embedded": {"contacts": contacts[1:]}})
    following = {"href": links["self"]["href"].replace("&page=1&", "&page=2&")}
    return json_answer(
        200, {**page, "_embedded": {"contacts": contacts[:1]}, "_links": {**links, "next": following}}
    )


ABOUT_FAULTS = {
    "garbled": "200 with bytes that are no JSON.",
    "wrong-kinds": "200 with text where an object, an id or a number should be.",
    "no-object": "200 with a list where an object should be.",
    "malformed-entries": "Four entries that break the contract, before those that do not.",
    "pages-for-ever": "The same page again and again, of 999.",
    "next-link": "A next link where none is declared, to a second page that is the last.",
}
"""What goes wrong by the faults that the items do not have."""

_BY_CURSOR = {name: fault for name, fault in ITEMS_FAULTS.items() if name.startswith("F-next-")}
_ANYWHERE: dict[str, Fault] = {
    **{name: fault for name, fault in ITEMS_FAULTS.items() if name not in _BY_CURSOR},
    "F-garbled": _garbled,
    "F-wrong-kinds": _wrong_kinds,
    "F-no-object": _no_object,
}
_LISTED: dict[str, Fault] = {**_ANYWHERE, "F-malformed-entries": _malformed_entries}


def _named(place: str, faults: Mapping[str, Fault]) -> dict[str, Fault]:
    return {f"F-{place}-{name.removeprefix('F-')}": fault for name, fault in faults.items()}


FAULTS_OF: Mapping[str, Mapping[str, Fault]] = {
    CUSTOMERS: _named(CUSTOMERS, {**_LISTED, "F-pages-for-ever": _pages_for_ever, "F-next-link": _next_link}),
    CUSTOMER: _named(CUSTOMER, _ANYWHERE),
    CUSTOMERS_ORDERS: _named(CUSTOMERS_ORDERS, {**_LISTED, **_BY_CURSOR}),
    ORDERS: _named(ORDERS, {**_LISTED, **_BY_CURSOR}),
    ORDER: _named(ORDER, _ANYWHERE),
    MOST_RECENT_ORDER: _named(MOST_RECENT_ORDER, _ANYWHERE),
}
"""For each place, its faults by the whole id."""

_SEARCHED = {
    place: {name.casefold(): fault for name, fault in FAULTS_OF[place].items()} for place in (CUSTOMERS, ORDERS)
}


def fault_searched_for(place: str, texts: Sequence[str]) -> Fault | None:
    """The fault that one of the texts names: as a number with its `#`, as an e-mail address, or as it is."""
    names = (text.removeprefix("#").partition("@")[0].casefold() for text in texts)
    return next((fault for name in names if (fault := _SEARCHED[place].get(name))), None)
