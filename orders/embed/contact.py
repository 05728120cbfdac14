"""Reads who a desktop's contact is, of the texts that were found where its settings say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from orders.embed.sought import read_sought
from orders.embed.sources import Values
from orders.erc.query import has_dot_segment, is_usable_id
from orders.lookup.find import Reading
from orders.lookup.find.ids import bare_id
from orders.lookup.find.ids.candidates import is_placeholder


class Contact(NamedTuple):
    """What is known of a contact: the customer, and the order to open; or else what to search for; or nothing."""

    customer_id: str = ""
    order_id: str = ""
    sought: tuple[Reading, ...] = ()


def read_contact(values: Values) -> Contact:
    """Read a contact by the first usable text for each name of `Sources`."""
    values = {name: list(filter(_is_known, texts)) for name, texts in values.items()}
    customer_id = next(usable_ids(values.get("customer_id", ())), "")
    order_id = next(usable_ids(values.get("order_id", ())), "")
    if customer_id:
        return Contact(customer_id, order_id)
    # Orders are read by their customer; without one, the text may still be the number that customers know.
    numbers = (*values.get("order_number", ()), *values.get("order_id", ()))
    sought = (
        *_first(numbers, lambda text: read_sought(number=text, email="", phone="")),
        *_first(values.get("email", ()), lambda text: read_sought(number="", email=text, phone="")),
        *_first(values.get("phone", ()), lambda text: read_sought(number="", email="", phone=text)),
    )
    return Contact(sought=sought)


def usable_ids(texts: Iterable[str]) -> Iterator[str]:
    """Give those that can be ids, and are no variables that the desktop has not filled in.

    Each is cleaned as the panel's own fields are, which would otherwise be about somebody else.
    """
    bare = (bare_id(text) for text in texts)
    return (text for text in bare if is_usable_id(text) and not has_dot_segment(text) and not _is_variable(text))


def _is_known(text: str) -> bool:
    """Whether a desktop says something by it; desktops write "null" or "undefined" where they know nothing."""
    return not _is_variable(text) and not is_placeholder(bare_id(text))


def _is_variable(text: str) -> bool:
    return "{{" in text


def _first(texts: Iterable[str], read: Callable[[str], tuple[Reading, ...]]) -> tuple[Reading, ...]:
    for text in texts:
        try:
            if readings := read(text):
                return readings
        except ValueError:
            continue
    return ()
