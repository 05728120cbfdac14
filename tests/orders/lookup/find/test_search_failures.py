"""Searches that fail or may not be made, and what is recorded of them."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.audit.search_digest import digest_search
from orders.audit.searches import SearchLimited
from orders.erc.errors import NotAllowed, Unavailable
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import cached_pages
from orders.models import AccessKind, AccessLogEntry
from tests.support.family import serve_family
from tests.support.finding import customers_of, find_text
from tests.support.log_lines import Lines
from tests.support.stub_erc import Reply, StubErc, error

pytestmark = pytest.mark.django_db


def test_what_fails_leaves_what_was_found(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(500))

    found = find_text("Duarte")

    assert customers_of(found) == ["C-1", "C-2"]
    assert [failure.reading.kind.value for failure in found.failures] == ["order_number"]
    assert found.error is None


def test_one_customer_is_not_opened_while_something_fails(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(500))

    found = find_text("Novak")

    assert customers_of(found) == ["C-3"]
    assert found.only_customer is None


def test_what_fails_as_a_whole_is_an_error(erc: StubErc) -> None:
    erc.answers_at("customers", Reply(500))

    found = find_text("ines@mail.example")

    assert isinstance(found.error, Unavailable)
    assert AccessLogEntry.objects.get().outcome == "unavailable"


@pytest.mark.parametrize(
    ("text", "endpoint", "spelling"),
    [("+351910000009", "customers", "910000009"), ("#Q99", "orders", "#Q99"), ("#Q99", "orders", "Q99")],
)
def test_spelling_that_the_api_does_not_take_finds_nothing(
    erc: StubErc, text: str, endpoint: str, spelling: str
) -> None:
    serve_family(erc)
    answer = erc.family[endpoint]
    erc.family[endpoint] = lambda asked: (
        error(400, "bad_request") if spelling in asked.query.values() else answer(asked)
    )

    found = find_text(text)

    assert found.is_empty
    assert (found.error, found.failures) == (None, ())
    assert AccessLogEntry.objects.get().outcome == "ok"


@pytest.mark.parametrize(
    ("text", "endpoint", "parameter", "customers"),
    [
        ("Novak", "customers", "ids", ["C-3"]),
        ("Novak", "orders", "search", ["C-3"]),
        ("C-2", "orders", "search", ["C-2"]),
    ],
)
def test_meaning_that_the_api_does_not_take_is_none(
    erc: StubErc, text: str, endpoint: str, parameter: str, customers: list[str]
) -> None:
    serve_family(erc)
    answer = erc.family[endpoint]
    erc.family[endpoint] = lambda asked: error(400, "bad_request") if parameter in asked.query else answer(asked)

    found = find_text(text)

    assert customers_of(found) == customers
    assert found.failures == ()
    assert found.only_customer is not None


def test_spelling_that_could_not_be_asked_for_is_missed(erc: StubErc) -> None:
    serve_family(erc)
    answer = erc.family["orders"]
    erc.family["orders"] = lambda asked: Reply(500) if "#Q99" in asked.query.values() else answer(asked)

    assert isinstance(find_text("#Q99").error, Unavailable)


@pytest.mark.parametrize("status", [403, 404, 405])
def test_search_that_the_account_lacks_is_not_asked_again(erc: StubErc, status: int) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(status, {"code": "x", "message": "x"}))
    find_text("#N108")
    erc.family_asked.clear()

    found = find_text("#N108")

    assert erc.family_asked == []
    assert isinstance(found.error, NotAllowed)
    assert [failure.reading.text for failure in found.not_offered] == ["N108"]


def test_account_without_order_numbers_opens_the_one_customer(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(403, {"code": "x", "message": "x"}))

    assert find_text("Novak").only_customer is not None


def test_customer_id_is_looked_up_where_the_account_lacks_the_search(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("customers", Reply(403, {"code": "x", "message": "x"}))

    known, unknown = find_text("C-2"), find_text("C-77")

    assert customers_of(known) == ["C-2"]
    assert known.only_customer is not None
    assert unknown.is_empty


def test_customer_id_leads_to_the_orders_where_the_account_knows_no_customers(erc: StubErc) -> None:
    for endpoint in ("customers", "customer", "orders"):
        erc.answers_at(endpoint, Reply(403, {"code": "x", "message": "x"}))

    found = find_text("C-2")

    assert found.only_customer is not None
    assert found.only_customer.customer_id == "C-2"
    assert find_text("Duarte").is_empty


def test_addresses_are_not_asked_for_one_customer(erc: StubErc) -> None:
    serve_family(erc)

    find_text("ines@mail.example")

    assert [asked.endpoint for asked in erc.family_asked] == ["customers"]


def test_search_leaves_one_row_with_its_kind_and_count(erc: StubErc) -> None:
    serve_family(erc)

    find_text("Duarte")

    row = AccessLogEntry.objects.get()
    assert (row.kind, row.outcome, row.items) == ("search_name", "ok", 2)
    assert row.digest == digest_search(AccessKind.SEARCH_NAME, "duarte")


def test_row_of_a_search_tells_of_the_reading_that_found_something(erc: StubErc) -> None:
    serve_family(erc)

    find_text("Y34DHR")

    row = AccessLogEntry.objects.get()
    assert (row.kind, row.outcome) == ("search_number", "ok")


def test_search_of_which_one_reading_fails_has_not_failed(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(500))

    find_text("Duarte")

    assert AccessLogEntry.objects.get().outcome == "ok"


def test_over_the_limit_nothing_is_asked(erc: StubErc, settings: Settings) -> None:
    settings.SEARCH_LIMIT = 1
    find_text("ines@mail.example")
    erc.family_asked.clear()

    with pytest.raises(SearchLimited):
        find_text("iris@mail.example")

    assert erc.family_asked == []


def test_what_was_searched_for_is_in_no_log_line(erc: StubErc, log: Lines) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(500))

    for text in ("ines@mail.example", "+351910000001", "Duarte", "#N108"):
        find_text(text)

    said = "\n".join(log.lines)
    for secret in ("ines@", "910000001", "uarte", "N108"):
        assert secret not in said


def test_missing_features_are_those_of_the_account(erc: StubErc) -> None:
    erc.answers_at("customers", Reply(404, {"code": "x", "message": "x"}))

    find_text("ines@mail.example")

    assert cached_pages().missing.names() == {EndpointName.CUSTOMERS}
