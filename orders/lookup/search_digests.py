"""Finds the digests under which searches for a text were recorded."""

from __future__ import annotations

from orders.audit.search_digest import known_digests
from orders.lookup.find import Kind, read_query
from orders.lookup.find.kinds import SEARCH_KINDS
from orders.lookup.find.phones import national_forms


def digests_of(text: str) -> tuple[str, ...]:
    """Give the digests of all searches that this text may stand for.

    It is read as the find box reads it, and also taken as each kind by itself: an agent may have typed the same
    words behind a label, which the box then took for another kind, or a phone number without its country.
    """
    readings = read_query(text)
    read = {(SEARCH_KINDS[one.kind], one.text) for one in readings if one.kind in SEARCH_KINDS}
    phones = (one.text for one in readings if one.kind is Kind.PHONE)
    at_home = {(SEARCH_KINDS[Kind.PHONE], form) for phone in phones for form in national_forms(phone)}
    meanings = sorted(read | at_home | {(kind, text) for kind in SEARCH_KINDS.values()})
    return tuple(dict.fromkeys(digest for kind, said in meanings for digest in known_digests(kind, said)))
