"""Which customers a search finds.

The reference does not say what the criteria match and how they combine. Here every one that is sent must fit,
and `matchMode` is `exact` unless it is said. Exact means the whole text, in any case: a name, an e-mail address, a
phone number in E.164. Fuzzy means a part of it, accents aside: words of a name in any order, a part of an e-mail
address, some of a number's digits. Ids are separated by commas; they and the brand are always exact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.query_string import Check, any_text, one_of, read_parameters, whole_number

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

DEFAULT_PER_PAGE = 50
LARGEST_PER_PAGE = 100
LARGEST_PAGE = 9999

EXACT = "exact"
FUZZY = "fuzzy"
_LETTERS_WITHOUT_MARKS = str.maketrans("łøđı", "lodi")

_CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(("name", "phone", "email", "ids", "brand"), any_text),
    "matchMode": one_of(EXACT, FUZZY),
    "page": whole_number(LARGEST_PAGE),
    "per_page": whole_number(LARGEST_PER_PAGE),
}


@dataclass(frozen=True)
class CustomersQuery:
    """What a client searches for. `criteria` are as sent, `matchMode` among them."""

    criteria: Mapping[str, str]
    page: int
    per_page: int

    @property
    def is_fuzzy(self) -> bool:
        """Whether parts are enough."""
        return self.criteria.get("matchMode") == FUZZY

    def texts(self) -> list[str]:
        """Every text that is searched for."""
        return [text for name in ("name", "email", "ids") for text in self.criteria.get(name, "").split(",")]

    def first_criterion(self) -> str:
        """The name of a parameter that is searched by."""
        return next(iter(self.criteria), "name")


def read_customers_query(query: str) -> CustomersQuery:
    """The search of a query string. Raises Refused (400, with `fields`) naming each one that is wrong."""
    given = read_parameters(query, _CHECKS)
    page, per_page = int(given.pop("page", 1)), int(given.pop("per_page", DEFAULT_PER_PAGE))
    return CustomersQuery(given, page, per_page)


def is_match(contact: Mapping[str, Json], query: CustomersQuery) -> bool:
    """Whether the customer fits every criterion of the search."""
    tests = _FUZZY_TESTS if query.is_fuzzy else _EXACT_TESTS
    return all(tests[name](contact, wanted) for name, wanted in query.criteria.items() if name != "matchMode")


def _has_id(contact: Mapping[str, Json], wanted: str) -> bool:
    return contact["customer_id"] in wanted.split(",")


def _has_brand(contact: Mapping[str, Json], wanted: str) -> bool:
    return contact.get("brand") == wanted


def _name_is(contact: Mapping[str, Json], wanted: str) -> bool:
    return _composed(contact["name"]) == _composed(wanted)


def _name_has_words(contact: Mapping[str, Json], wanted: str) -> bool:
    name = _plain(contact["name"])
    return all(word in name for word in _plain(wanted).split())


def _email_is(contact: Mapping[str, Json], wanted: str) -> bool:
    return any(email.casefold() == wanted.casefold() for email in _texts(contact, "emails"))


def _email_has(contact: Mapping[str, Json], wanted: str) -> bool:
    return any(wanted.casefold() in email.casefold() for email in _texts(contact, "emails"))


def _phone_is(contact: Mapping[str, Json], wanted: str) -> bool:
    return wanted in _texts(contact, "phones")


def _phone_has(contact: Mapping[str, Json], wanted: str) -> bool:
    digits = "".join(filter(str.isdigit, wanted))
    return bool(digits) and any(digits in phone for phone in _texts(contact, "phones"))


def _texts(contact: Mapping[str, Json], name: str) -> list[str]:
    values = contact.get(name)
    return [value for value in values if isinstance(value, str)] if isinstance(values, Sequence) else []


def _composed(text: object) -> str:
    return unicodedata.normalize("NFC", str(text)).casefold()


def _plain(text: object) -> str:
    """The text without accents, in lower case."""
    spread = unicodedata.normalize("NFKD", str(text).casefold())
    unmarked = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return unmarked.translate(_LETTERS_WITHOUT_MARKS)


_ALWAYS: Mapping[str, Callable[[Mapping[str, Json], str], bool]] = {"ids": _has_id, "brand": _has_brand}
_EXACT_TESTS = {**_ALWAYS, "name": _name_is, "email": _email_is, "phone": _phone_is}
_FUZZY_TESTS = {**_ALWAYS, "name": _name_has_words, "email": _email_has, "phone": _phone_has}
