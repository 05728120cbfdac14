"""Two ids out of whatever an agent pastes: a link, two lines, two words, with or without labels."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

# As the portal's languages call them: what is pasted comes out of other tools, in any of these.
_CUSTOMER = "customer|client|kunden?|kundin|cliente|(?:ال)?عميل"
_ORDER = "order|bestellung|bestell|auftrags?|pedido|orden|commande|(?:ال)?طلب"
_NUMBER = "id|number|num|no|nr|n[°º]|nummer|n[úu]mero|num[ée]ro|رقم"
_LABEL = re.compile(
    rf"(?<!\w)(?:(?:{_NUMBER})\.?\s+(?:(?:de|do|du)\s+)?)?(?:(?P<customer>{_CUSTOMER})|(?P<order>{_ORDER}))"
    rf"(?:[\s_-]*(?:(?:de|do|du)\s+)?(?:{_NUMBER})\.?(?=[\s:=#]))?(?:\s*(?P<mark>[:=#])\s*|\s+|$)",
    re.IGNORECASE,
)
_IS_LABEL = re.compile(rf"(?:{_CUSTOMER}|{_ORDER}|{_NUMBER})[.:=#]*", re.IGNORECASE)
_LIKE_A_CUSTOMER = re.compile(rf"cust|{_CUSTOMER}", re.IGNORECASE)
_LIKE_AN_ORDER = re.compile(rf"ord|{_ORDER}", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;|]+")
_SIGNS_ALONE = frozenset("/-–—&+")
_PATH = re.compile(r"/customers/([^/]+)/orders/([^/]+)")
_PARAMETERS = {"customer": "customer", "customerid": "customer", "order": "order", "orderid": "order"}
_LONGEST = 4096


class Ids(NamedTuple):
    """A customer id and an order id."""

    customer_id: str
    order_id: str


def understood(text: str) -> Ids | None:
    """The ids in a pasted text; None where it does not hold just the two."""
    text = text.strip()[:_LONGEST]
    return _from_links(text) or _from_labels(text) or _from_lines(text) or _from_words(text)


def _from_links(text: str) -> Ids | None:
    found = {ids for word in text.split() if (ids := _from_link(word, is_alone=word == text))}
    return found.pop() if len(found) == 1 else None


def _from_link(word: str, *, is_alone: bool) -> Ids | None:
    # In a sentence, its signs are none of the link's.
    word = word.strip("<>()[]\"'" + ("" if is_alone else ".,;:!?"))
    try:
        parts = urlsplit(word)
    except ValueError:
        return None
    found = {}
    for name, value in parse_qsl(parts.query or (parts.path if "=" in parts.path else "")):
        kind = _PARAMETERS.get(re.sub(r"[^a-z]", "", name.lower()))
        if kind and value.strip():
            found[kind] = value.strip()
    if len(found) == 2:
        return Ids(found["customer"], found["order"])
    path = _PATH.search(parts.path)
    return Ids(unquote(path[1]), unquote(path[2])) if path else None


def _from_labels(text: str) -> Ids | None:
    found = defaultdict(set)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        labels = list(_LABEL.finditer(line))
        for label in labels:
            is_heading = label[0] == line
            # Alone on its line an id may hold spaces.
            is_whole = is_heading or (len(labels) == 1 and label["mark"] and not label.start())
            rest = following if is_heading else line[label.end() :]
            value = _WORD.match(rest)
            if value:
                found["customer" if label["customer"] else "order"].add(rest if is_whole else value[0])
    if len(found["customer"]) == len(found["order"]) == 1:
        return Ids(found["customer"].pop(), found["order"].pop())
    return None


def _from_lines(text: str) -> Ids | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _in_order(*lines) if len(lines) == 2 and not any(map(_LABEL.match, lines)) else None


def _from_words(text: str) -> Ids | None:
    words = [word for word in _WORD.findall(text) if word not in _SIGNS_ALONE]
    if len(words) != 2 or "://" in text or any(map(_IS_LABEL.fullmatch, words)):
        return None
    return _in_order(*words)


def _in_order(first: str, second: str) -> Ids:
    """The customer's id first, as the form has them, unless the ids themselves say that it is the other way."""
    is_swapped = _LIKE_AN_ORDER.match(first) and _LIKE_A_CUSTOMER.match(second)
    return Ids(second, first) if is_swapped else Ids(first, second)
