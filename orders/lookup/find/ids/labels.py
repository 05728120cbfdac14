"""The names of the two ids in other tools, in the portal's languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from orders.lookup.find.ids.candidates import IdKind

_OWN = "ي|ك|كم|نا|ه|ها"
CUSTOMER = rf"customer|client|kunden?|kundin|cliente|(?:[وبلف]|لل)?(?:ال)?(?:عميل|زبون)(?:{_OWN})?"
_ORDER = (
    "order|bestellung|bestell|auftrags?|pedido|orden|commande|"
    rf"(?:[وبلف]|لل)?(?:ال)?(?:طلبية|طلب(?:{_OWN})?)"
)
NUMBER = r"id|number|num|no|nr|n\.?[°ºo]|nummer|n[úu]m(?:ero)?|num[ée]ro|رقم"
_OF = "(?:de|do|du|of)"
_BEFORE = rf"(?:(?P<before>{NUMBER})\.?\s+(?:{_OF}\s+)?)?"
_SUBJECT = rf"(?:(?P<customer>{CUSTOMER})|(?P<order>{_ORDER}))"
_AFTER = rf"[\s_-]*(?:{_OF}\s+)?(?P<after>{NUMBER})\.?"
_NAME = re.compile(rf"{_BEFORE}{_SUBJECT}(?:{_AFTER})?", re.IGNORECASE)
_WORD_OF_NAME = re.compile(rf"{CUSTOMER}|{_ORDER}|{NUMBER}", re.IGNORECASE)
_SUBJECT_ALONE = re.compile(rf"{CUSTOMER}|{_ORDER}", re.IGNORECASE)
_LIKE_A_CUSTOMER = re.compile(rf"cust|{CUSTOMER}", re.IGNORECASE)
_LIKE_AN_ORDER = re.compile(rf"ord|{_ORDER}", re.IGNORECASE)

LABEL = re.compile(
    rf"(?<!\w){_BEFORE}{_SUBJECT}(?:{_AFTER}(?=[\s:=#\"'\])]))?[\"'\])]*(?:\s*(?P<mark>[:=#]+>?)\s*|\s+|$)",
    re.IGNORECASE,
)
"""A name in a text, up to its value."""

BETWEEN = re.compile(
    rf"(?:(?:is|was|with|the|lautet|ist|war|mit|der|es|era|el|con|est|était|le|porte|avec|é|o|com|هو|هي|(?i:{NUMBER}))"
    r"(?:[.:=#]+\s*|\s+)){1,5}"
)
"""Words between a name and its value in a sentence."""


class Name(NamedTuple):
    """The meaning of a name of a field, a column or a parameter: whose id it holds, and how clearly it says so."""

    kind: IdKind
    rank: int


def read_label(label: re.Match[str]) -> Name:
    """Read a label; "id" ranks above "number", and "number" above a bare "order"."""
    number = label["after"] or label["before"]
    rank = 0 if not number else 2 if number.lower() == "id" else 1
    return Name(IdKind.CUSTOMER if label["customer"] else IdKind.ORDER, rank)


def name_of(text: str) -> Name | None:
    """Read the name of a field; None where it names neither id."""
    label = _NAME.fullmatch(text.strip(" #"))
    return read_label(label) if label else None


def is_word_of_name(word: str) -> bool:
    """Whether a word belongs to a name, not to a value."""
    return bool(_WORD_OF_NAME.fullmatch(word))


def is_subject(word: str) -> bool:
    """Whether a word means a customer or an order."""
    return bool(_SUBJECT_ALONE.fullmatch(word))


def is_like(kind: IdKind, text: str) -> bool:
    """Whether the form of an id shows whose it is."""
    return bool((_LIKE_A_CUSTOMER if kind is IdKind.CUSTOMER else _LIKE_AN_ORDER).match(text))
