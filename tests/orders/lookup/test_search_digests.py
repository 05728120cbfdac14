from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.audit.search_digest import digest_search
from orders.lookup.find import Kind, read_query
from orders.lookup.find.kinds import SEARCH_KINDS
from orders.lookup.search_digests import digests_of
from orders.models import AccessKind


@pytest.mark.parametrize(
    ("kind", "searched", "typed"),
    [
        (AccessKind.SEARCH_EMAIL, "erika@example.org", " Erika@Example.org"),
        (AccessKind.SEARCH_PHONE, "+351910000000", "+351 910 000 000"),
        (AccessKind.SEARCH_NAME, "José Núñez", "jose nunez"),
        (AccessKind.SEARCH_NUMBER, "Y34DHR", "#y34dhr"),
        (AccessKind.SEARCH_ID, "C-77", "C-77"),
        (AccessKind.SEARCH_PHONE, "+351910000000", "Phone: 00351 910 000 000"),
        (AccessKind.SEARCH_EMAIL, "erika@example.org", "Erika <erika@example.org>"),
        (AccessKind.SEARCH_NUMBER, "Y34DHR", "order #Y34DHR."),
    ],
)
def test_text_has_the_digest_under_which_its_search_was_recorded(
    kind: AccessKind, searched: str, typed: str
) -> None:
    assert digest_search(kind, searched) in digests_of(typed)


@pytest.mark.parametrize("region", ["PT", "DE"])
def test_phone_number_without_a_country_is_that_of_the_portals(settings: Settings, region: str) -> None:
    settings.PHONE_REGION = region
    whole = {"PT": "+351910000000", "DE": "+49910000000"}[region]

    assert digest_search(AccessKind.SEARCH_PHONE, whole) in digests_of("910 000 000")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("910 000 000", "+351 910 000 000"),
        ("0171 1234567", "+49 171 1234567"),
        ("171 1234567", "+49 (0) 171 1234567"),
        ("(202) 555-0123", "tel:+1-202-555-0123"),
        ("06 1234 5678", "+39 06 1234 5678"),
    ],
)
def test_search_without_a_country_is_found_by_the_whole_number(typed: str, whole: str) -> None:
    (searched,) = {one.text for one in read_query(typed) if one.kind is Kind.PHONE}

    assert digest_search(AccessKind.SEARCH_PHONE, searched) in digests_of(whole)


@pytest.mark.parametrize(
    "text", ["erika@example.org", "910 000 000", "#Y34DHR", "José Núñez", "C-77", "ERIKA", "20731", "Jo Li"]
)
def test_whatever_the_box_searches_for_is_found_by_the_same_text(text: str) -> None:
    found = digests_of(text)

    readings = read_query(text)
    assert readings
    for one in readings:
        assert digest_search(SEARCH_KINDS[one.kind], one.text) in found


def test_every_kind_of_search_is_one_of_the_box() -> None:
    assert set(SEARCH_KINDS.values()) == set(AccessKind.searches())


def test_text_that_says_nothing_has_no_digests() -> None:
    assert digests_of(" \n") == ()
