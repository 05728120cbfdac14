"""Finds fields of a response that the portal does not know, and so leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import chain, islice
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from orders.erc.addresses import Address
from orders.erc.customers import Contact, Customer
from orders.erc.errors import InvalidResponse
from orders.erc.fitting import MAX_ENTRIES, entries_of
from orders.erc.json_bodies import as_utf8, read_loosely
from orders.erc.orders import Order
from orders.erc.paths import EndpointName
from orders.erc.recent_order import RecentOrder
from orders.erc.schema import Item

_MAX_FOUND = 200
_MAX_LISTED = 1000


class _Body(NamedTuple):
    """The body of an endpoint: one `kind`, or a page with a list of them that `_embedded` has under `name`."""

    kind: type[msgspec.Struct]
    name: str = ""
    page: Set[str] = frozenset()
    embedded: Set[str] = frozenset()


class _Field(NamedTuple):
    """What a field holds: objects of `kind`, if any, alone or in a list."""

    kind: type[msgspec.Struct] | None = None
    is_list: bool = False


_LINKS = frozenset({"_embedded", "_links"})
_ORDERS = _Body(Order, "orders", _LINKS, frozenset({"orders"}))
_BODIES: Mapping[EndpointName, _Body] = {
    EndpointName.ITEMS: _Body(
        Item, "items", _LINKS | {"id", "custom_fields"}, frozenset({"items", "refunds", "returns"})
    ),
    EndpointName.CUSTOMERS: _Body(
        Contact,
        "contacts",
        _LINKS | {"total", "count", "page", "per_page", "total_pages"},
        frozenset({"contacts"}),
    ),
    EndpointName.CUSTOMER: _Body(Customer),
    EndpointName.CUSTOMER_ORDERS: _ORDERS,
    EndpointName.ORDERS: _ORDERS,
    EndpointName.ORDER: _Body(Order),
    EndpointName.RECENT_ORDER: _Body(RecentOrder),
}
# What the decoders read besides the fields of their own names.
_OTHER_NAMES: Mapping[type[msgspec.Struct], Mapping[str, _Field]] = {
    Contact: {"id": _Field()},
    Customer: {"shipping_addresses": _Field(Address, is_list=True), "_links": _Field()},
    Order: {"shipping_address": _Field(Address), "_links": _Field()},
    RecentOrder: {"shipping_address": _Field(Address), "_links": _Field()},
}


def ignored_fields(endpoint: EndpointName, body: bytes) -> tuple[str, ...]:
    """List the places of the first 200, such as `items[0].colour`; empty where the body has another form."""
    try:
        content = read_loosely(as_utf8(body))
    except InvalidResponse:
        return ()
    if not isinstance(content, dict):
        return ()
    return tuple(islice(_of_body(content, _BODIES[endpoint]), _MAX_FOUND))


def _of_body(content: dict[str, Any], form: _Body) -> Iterator[str]:
    if not form.name:
        return _of(content, form.kind, "")
    embedded = content.get("_embedded")
    listed = embedded.get(form.name) if isinstance(embedded, dict) else None
    return chain(
        _others(content, form.page, ""),
        _others(embedded, form.embedded, "_embedded."),
        _of_list(listed, form.kind, form.name, _MAX_LISTED),
    )


def _of_list(value: Any, kind: type[msgspec.Struct], name: str, most: int) -> Iterator[str]:
    entries = entries_of(kind, value) if isinstance(value, list | dict) else []
    for index, entry in enumerate(entries[:most]):
        yield from _of(entry, kind, f"{name}[{index}].")


def _of(value: Any, kind: type[msgspec.Struct], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    known = _fields(kind)
    yield from _others(value, known.keys(), where)
    for name, field in known.items():
        if field.kind and field.is_list:
            yield from _of_list(value.get(name), field.kind, f"{where}{name}", MAX_ENTRIES)
        elif field.kind:
            yield from _of(value.get(name), field.kind, f"{where}{name}.")


# msgspec and Python parse the annotations at each call: for an order of some hundred items that takes seconds.
@cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, _Field]:
    hints = get_type_hints(kind)
    own = {field.encode_name: _field(hints[field.name]) for field in msgspec.structs.fields(kind)}
    return {**own, **_OTHER_NAMES.get(kind, {})}


def _field(hint: Any) -> _Field:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _Field(hint)
    inner = next((field for field in map(_field, get_args(hint)) if field.kind), _Field())
    return inner._replace(is_list=inner.is_list or get_origin(hint) is tuple)


def _others(value: Any, known: Set[str], where: str) -> Iterator[str]:
    return (f"{where}{name}" for name in value if name not in known) if isinstance(value, dict) else iter(())
