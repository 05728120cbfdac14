"""Decodes the family's customers: a page of those that a search has found, and one."""

from __future__ import annotations

from typing import Any

from orders.erc.addresses import join_addresses
from orders.erc.customers import Contact, Customer, CustomersPage
from orders.erc.deadline import Deadline
from orders.erc.family_bodies import read_alone, read_body, read_entries
from orders.erc.fitting import UNFIT, Notes, note, read_whole, says_nothing
from orders.erc.links import next_value

MAX_PAGE = 100_000
"""A larger number of pages, or of a page, is taken for a mistake."""

_MAX_TOTAL = 10**9


def decode_customers_page(
    body: bytes, *, is_checked: bool = False, deadline: Deadline | None = None
) -> CustomersPage:
    """Decode one page of customers; `is_checked` says that this body was decoded before.

    Entries after the deadline are only counted. Raises InvalidResponse when the body is not JSON, repeats a key,
    or has no list; without `_embedded` nothing was found.
    """
    fields = read_body(body, is_checked=is_checked)
    entries = read_entries(Contact, fields, "contacts", deadline, _prepare_contact)
    notes = entries.notes
    # Fewer in all than stand on this page is a mistake.
    total = _read_count(fields, "total", notes, lowest=entries.given, highest=_MAX_TOTAL)
    page = _read_count(fields, "page", notes, highest=MAX_PAGE)
    total_pages = _read_count(fields, "total_pages", notes, highest=MAX_PAGE)
    per_page = _read_count(fields, "per_page", notes, highest=_MAX_TOTAL)
    is_all = not entries.given or (
        total is not None and total <= max(entries.given, (page or 0) * (per_page or 0))
    )
    return CustomersPage(
        contacts=entries.found,
        unreadable=entries.unreadable,
        defaulted=tuple(notes),
        beyond=entries.beyond,
        total=total,
        page=page,
        total_pages=total_pages,
        next_page=None if is_all else _linked_page(fields, page) or _following_page(page, total_pages),
    )


def decode_customer(
    body: bytes,
    *,
    is_checked: bool = False,
    deadline: Deadline | None = None,  # noqa: ARG001 - all decoders take the same
) -> Customer:
    """Decode one customer. Raises InvalidResponse when the body is not JSON, repeats a key, or has no id."""
    return read_alone(Customer, read_body(body, is_checked=is_checked), _prepare_customer)


def _prepare_contact(fields: dict[str, Any]) -> dict[str, Any]:
    """Take the id from `id` where there is no `customer_id`, and one address or number alone for a list of one."""
    prepared = dict(fields)
    if says_nothing(fields.get("customer_id")):
        prepared["customer_id"] = fields.get("id")
    for name in ("emails", "phones"):
        given = fields.get(name)
        if isinstance(given, str) and given.strip():
            prepared[name] = [given]
    return prepared


def _prepare_customer(fields: dict[str, Any]) -> dict[str, Any]:
    """Join the addresses under both names."""
    return {**fields, "addresses": join_addresses(fields, "addresses", "shipping_addresses")}


def _read_count(fields: dict[str, Any], name: str, notes: Notes, *, lowest: int = 0, highest: int) -> int | None:
    """Read a number of the page; note one that cannot be meant, and do without it."""
    given = fields.get(name)
    if says_nothing(given):
        return None
    try:
        number = read_whole(given)
    except UNFIT as error:
        note(notes, name, error)
        return None
    if lowest <= number <= highest:
        return number
    note(notes, name, "the number cannot be meant")
    return None


def _linked_page(fields: dict[str, Any], page: int | None) -> int | None:
    """Give the page of the next link, unless it leads back: such a list would have no end."""
    text, _ = next_value(fields.get("_links"), "page")
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > len(str(MAX_PAGE)):
        return None
    number = int(text)
    return number if (page or 0) < number <= MAX_PAGE else None


def _following_page(page: int | None, total_pages: int | None) -> int | None:
    if page is None or total_pages is None or page >= total_pages:
        return None
    return page + 1
