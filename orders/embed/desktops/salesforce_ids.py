"""Compares ids of Salesforce, which come in two forms.

One of 15 characters tells small letters from capitals; three more spell that out for those who do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_SHORT = 15
_LONG = 18
_SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def is_same_id(one: str, other: str) -> bool:
    """Whether two ids of Salesforce are the same; one may have 15 characters and the other 18."""
    if {len(one), len(other)} == {_SHORT, _LONG}:
        return one[:_SHORT] == other[:_SHORT]
    return one == other


def both_forms(ids: Iterable[str]) -> Iterator[str]:
    """Give each id as it is, and in its other form."""
    for one in ids:
        yield one
        if len(one) == _LONG:
            yield one[:_SHORT]
        if len(one) == _SHORT:
            yield one + "".join(_suffix(one[at : at + 5]) for at in range(0, _SHORT, 5))


def _suffix(five: str) -> str:
    """Give the character that tells which of five characters are capitals."""
    return _SUFFIXES[sum(1 << place for place, character in enumerate(five) if "A" <= character <= "Z")]
