from __future__ import annotations

import re

import pytest
from pytest_django.fixtures import Settings

from orders.audit.search_digest import digest_search, known_digests
from orders.models import AccessKind

EMAIL, PHONE, NAME = AccessKind.SEARCH_EMAIL, AccessKind.SEARCH_PHONE, AccessKind.SEARCH_NAME
NUMBER, ID = AccessKind.SEARCH_NUMBER, AccessKind.SEARCH_ID


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (EMAIL, ["erika@example.org", " Erika@EXAMPLE.org", "ｅrika@example.org"]),
        (PHONE, ["+351910000000", "+351 910-000-000", "\u2066+351910000000\u2069", "+٣٥١٩١٠٠٠٠٠٠٠"]),
        (NAME, ["José  Núñez", "jose nunez", "JOSE\u0301 NÚÑEZ ", "José\u00a0Núñez"]),
        (NAME, ["Strauß", "STRAUSS"]),
        (NUMBER, ["#Y34DHR", "y34dhr", " # Y34 DHR", "№Y34DHR", "＃Y34DHR"]),
        (ID, ["C-1", " C-1\n"]),
    ],
)
def test_digest_is_that_of_the_text_however_it_is_spelled(kind: AccessKind, texts: list[str]) -> None:
    assert len({digest_search(kind, text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (EMAIL, "josé@example.org", "jose@example.org"),
        (PHONE, "+351910000000", "+351910000001"),
        (NAME, "Jo Li", "Joli"),
        (NAME, "कि", "क"),
        (NUMBER, "Y34-DHR", "Y34DHR"),
        (ID, "C-1", "c-1"),
    ],
)
def test_digest_tells_different_texts_apart(kind: AccessKind, one: str, other: str) -> None:
    assert digest_search(kind, one) != digest_search(kind, other)


def test_digest_is_another_for_each_kind_and_key(settings: Settings) -> None:
    first = [digest_search(kind, "910000000") for kind in AccessKind.searches()]

    settings.SECRET_KEY = "another-key"
    second = [digest_search(kind, "910000000") for kind in AccessKind.searches()]

    assert len({*first, *second}) == 2 * len(AccessKind.searches()) == 10
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in first)


def test_rows_of_a_former_key_are_known_while_it_is_a_fallback(settings: Settings) -> None:
    settings.SECRET_KEY = "former-key"
    before = digest_search(EMAIL, "erika@example.org")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-key", ["former-key"]

    known = known_digests(EMAIL, "Erika@example.org")

    assert known == (digest_search(EMAIL, "erika@example.org"), before)


@pytest.mark.parametrize(("kind", "text"), [(PHONE, "erika"), (NUMBER, "#"), (NAME, " "), (EMAIL, "\n"), (ID, "")])
def test_text_that_says_nothing_has_no_digest(kind: AccessKind, text: str) -> None:
    assert known_digests(kind, text) == ()


def test_digest_of_a_text_that_is_no_unicode_is_one() -> None:
    assert digest_search(NAME, "\ud800") == digest_search(NAME, "\ud800")
