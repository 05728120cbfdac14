"""Reads what a launch names instead of a customer's id, and seals it: tokens that are only signed can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from orders.core.sealing import seal, unseal
from orders.lookup.find import Kind, Reading
from orders.lookup.find.cleaning import clean
from orders.lookup.find.emails import find_emails
from orders.lookup.find.numbers import order_number
from orders.lookup.find.phones import find_phones, read_phone

_PURPOSE = "embed-search"
_MAX_CLAIM = 320


def read_sought(*, number: str, email: str, phone: str) -> tuple[Reading, ...]:
    """Read the claims that are not empty, the one that tells most first.

    Raises ValueError, which names the claim and not its value, where one cannot be searched for.
    """
    readings: list[Reading] = []
    for name, text, read in (
        ("order_number", number, order_number),
        ("email", email, _read_email),
        ("phone", phone, _read_phone),
    ):
        if not text.strip():
            continue
        found = tuple(read(clean(text))) if len(text) <= _MAX_CLAIM else ()
        if not found:
            raise ValueError(f"{name} has no form that can be searched for")
        readings += found
    return tuple(readings)


def seal_sought(readings: Sequence[Reading]) -> str:
    """Seal readings for a token; empty without any."""
    return seal(msgspec.json.encode(readings), _PURPOSE) if readings else ""


def unseal_sought(text: str) -> tuple[Reading, ...]:
    """Open what `seal_sought` sealed; nothing where this portal cannot."""
    content = unseal(text, _PURPOSE)
    return msgspec.json.decode(content, type=tuple[Reading, ...]) if content else ()


def _read_email(text: str) -> Iterator[Reading]:
    found = find_emails(text)
    if len(found) == 1:
        yield Reading(Kind.EMAIL, found[0])


def _read_phone(text: str) -> Iterator[Reading]:
    found = [phone] if (phone := read_phone(text)) else [*find_phones(text)]
    if len(found) == 1:
        yield from (Reading(Kind.PHONE, form) for form in found[0].forms)
