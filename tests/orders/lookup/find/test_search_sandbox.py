"""What a caller says finds its customer and its order in the strict sandbox, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from tests.support.finding import customers_of, find_text
from tests.support.sandbox import shared_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandbox(settings: Settings) -> Iterator[SandboxServer]:
    """The strict API, with the portal connected to it."""
    with SandboxServer(catalogue=shared_catalogue()) as server:
        settings.ERC_API_BASE_URL = server.base_url
        settings.ERC_TOKEN_URL = server.token_url
        settings.ERC_CLIENT_ID = CLIENT_ID
        settings.ERC_CLIENT_SECRET = CLIENT_SECRET
        yield server


SPELLINGS = (
    "+351910000000",
    "+351 910 000 000",
    "00351 910-000-000",
    "(+351) 910.000.000",
    "tel: +351 910 000 000",
    "910 000 000",
)


@pytest.mark.parametrize(
    ("text", "customer_id"),
    [
        ("amal.haddad@mail.example", "C-1001"),
        ("Amal.Haddad@MAIL.example", "C-1001"),
        ("Write to <amal.haddad@mail.example>, please", "C-1001"),
        *((spelling, "C-2011") for spelling in SPELLINGS),
        ("Nguyễn Thị Minh Khai", "C-2005"),
        ("nguyen thi minh khai", "C-2005"),
        ("Siobhán O'Brien", "C-2015"),
        ("siobhan o’brien", "C-2015"),
        ("C-2007", "C-2007"),
        ("customer C-2017", "C-2017"),
        ("C-3002", "C-3002"),
    ],
)
def test_customer_is_found_by_what_the_caller_says(
    sandbox: SandboxServer, settings: Settings, text: str, customer_id: str
) -> None:
    settings.PHONE_REGION = "PT"

    only = find_text(text).only_customer

    assert only is not None
    assert only.customer_id == customer_id


@pytest.mark.parametrize("text", ["#Y34DHR", "Y34DHR", "y34dhr", "order #Y34DHR.", "# Y34DHR"])
def test_order_is_found_by_its_number(sandbox: SandboxServer, text: str) -> None:
    only = find_text(text).only_order

    assert only is not None
    assert only.order_number == "#Y34DHR"


def test_number_that_is_also_a_phone_finds_both(sandbox: SandboxServer, settings: Settings) -> None:
    settings.PHONE_REGION = "DE"

    found = find_text("3023125001")

    assert customers_of(found) == ["C-2009", "C-2010"]
    assert [one.entry.order_number for one in found.orders] == ["#3023125001"]
    assert (found.only_customer, found.only_order) == (None, None)


def test_beginning_of_a_number_finds_every_order_that_has_it(sandbox: SandboxServer) -> None:
    assert len(find_text("#HM").orders) == 4


def test_customers_who_have_to_be_told_apart_come_with_their_addresses(sandbox: SandboxServer) -> None:
    found = find_text("María Fernández")

    assert customers_of(found) == ["C-2040", "C-2014"]
    assert set(found.details) == {"C-2040", "C-2014"}


def test_nobody_is_found_without_an_error(sandbox: SandboxServer) -> None:
    found = find_text("nobody@mail.example")

    assert found.is_empty
    assert found.error is None
