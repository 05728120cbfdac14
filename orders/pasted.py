"""Two ids out of whatever an agent pastes: a link, two lines, two words, with or without labels."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_LABELLED = re.compile(
    r"\b(customer|order)\b(?:[\s_-]*(?:id|number|no\.?|nr\.?)(?=[\s:=#]))?\s*[:=#]?\s*([^\s,;]+)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,;|]+")
_LONGEST = 4096


class Ids(NamedTuple):
    """A customer id and an order id."""

    customer_id: str
    order_id: str


def understood(text: str) -> Ids | None:
    """The ids in a pasted text; None where it does not hold just the two."""
    text = text.strip()[:_LONGEST]
    return _from_link(text) or _from_labels(text) or _from_lines(text) or _from_words(text)


def _from_link(text: str) -> Ids | None:
    if not re.match(r"(?i)https?://|/orders/\?", text) or len(text.split()) != 1:
        return None
    try:
        query = parse_qs(urlsplit(text).query)
    except ValueError:
        return None
    found = [query.get(name, [""])[-1].strip() for name in Ids._fields]
    return Ids(*found) if all(found) else None


def _from_labels(text: str) -> Ids | None:
    found = {kind.lower(): value for kind, value in _LABELLED.findall(text)}
    return Ids(found["customer"], found["order"]) if len(found) == 2 else None


def _from_lines(text: str) -> Ids | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Ids(*lines) if len(lines) == 2 else None


def _from_words(text: str) -> Ids | None:
    words = [word for word in _BETWEEN.split(text) if word]
    is_labelled = any(word.lower().rstrip(":=#") in ("customer", "order", "id") for word in words)
    return Ids(*words) if len(words) == 2 and "://" not in text and not is_labelled else None
