"""The search of the logs: by id and by what an agent searched for, and no address quotes what was typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.audit.search_digest import digest_search
from orders.models import AccessKind, AccessLogEntry
from tests.orders.admin.test_logs import ACCESS, EXCHANGES
from tests.support.log_rows import entry, exchange
from tests.support.pages import one, soup
from tests.support.staff import staff

EMAIL, NUMBER = AccessKind.SEARCH_EMAIL, AccessKind.SEARCH_NUMBER
ERIKA = "erika@example.org"


@pytest.fixture
def supervisor(db: None) -> Client:
    return staff("supervisor")


@pytest.fixture
def engineer(db: None) -> Client:
    return staff("engineer")


def searched(kind: AccessKind, text: str, **fields: Any) -> AccessLogEntry:
    usual = {"customer_id": "", "order_id": "", "kind": kind, "digest": digest_search(kind, text)}
    return entry(**{**usual, **fields})


def agents_on(response: Any) -> list[str]:
    """Who is in the list, in order."""
    assert response.status_code == 200
    return [cell.get_text() for cell in soup(response).select("#result_list .field-who")]


def agents_found(client: Client, text: str, address: str = ACCESS) -> list[str]:
    """Who is in the list that a typed text leads to."""
    return agents_on(client.post(address, {"q": text}, follow=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ERIKA, ["eve"]),
        (" ERIKA@example.org ", ["eve"]),
        ("#Y34DHR", ["jo"]),
        ("y34dhr", ["jo"]),
        ("jose nunez", ["ada"]),
        ("+351 910 000 000", ["max"]),
        ("C-77", ["kim"]),
        ("somebody@example.org", []),
        ("erika", []),
    ],
)
def test_who_searched_for_a_text_is_found_by_it(supervisor: Client, text: str, found: list[str]) -> None:
    searched(EMAIL, ERIKA, agent="eve")
    searched(NUMBER, "#Y34DHR", agent="jo")
    searched(AccessKind.SEARCH_NAME, "José Núñez", agent="ada")
    searched(AccessKind.SEARCH_PHONE, "+351910000000", agent="max")
    searched(AccessKind.SEARCH_ID, "C-77", agent="kim")
    entry(agent="other")

    assert agents_found(supervisor, text) == found


@pytest.mark.parametrize("text", [ERIKA, "+351910000000", "Erika Mustermann", "#Y34DHR", "O-7"])
def test_typed_text_is_in_no_address_and_on_no_page_that_it_leads_to(supervisor: Client, text: str) -> None:
    searched(EMAIL, ERIKA)

    response: Any = supervisor.post(ACCESS, {"q": text}, follow=True)

    ((address, status),) = response.redirect_chain
    assert status == 302
    assert list(parse_qs(urlsplit(address).query)) == ["digest"]
    for word in text.strip("#+").split():
        assert word not in address
    assert text not in response.content.decode()


def test_id_of_a_row_leads_to_an_address_that_can_be_passed_on(supervisor: Client) -> None:
    entry(customer_id="C/7", agent="jo")
    searched(NUMBER, "C/7", agent="eve")

    response: Any = supervisor.post(ACCESS, {"q": " C/7 "}, follow=True)

    assert response.redirect_chain == [(f"{ACCESS}?q=C%2F7", 302)]
    assert sorted(agents_on(response)) == ["eve", "jo"]


def test_search_keeps_the_filters_and_filters_keep_the_search(supervisor: Client) -> None:
    searched(EMAIL, ERIKA, agent="eve")
    searched(EMAIL, ERIKA, agent="jo")
    response: Any = supervisor.post(f"{ACCESS}?agent=eve&p=3", {"q": ERIKA}, follow=True)
    query = parse_qs(urlsplit(response.redirect_chain[0][0]).query)

    carried = soup(response).select("form.typed-filter input[name=digest]")[0]["value"]

    assert sorted(query) == ["agent", "digest"]
    assert agents_on(response) == ["eve"]
    assert carried == query["digest"][0]
    assert agents_on(supervisor.get(ACCESS, {"digest": carried, "agent": "jo"})) == ["jo"]
    assert "as typed into the search" in soup(response).get_text()


def test_next_search_replaces_the_one_before(supervisor: Client) -> None:
    searched(EMAIL, ERIKA, agent="eve")
    entry(customer_id="C-7", agent="jo")
    first: Any = supervisor.post(ACCESS, {"q": ERIKA}, follow=True)

    second: Any = supervisor.post(first.redirect_chain[0][0], {"q": "C-7"}, follow=True)

    assert agents_on(second) == ["jo"]
    assert agents_found(supervisor, "", address=second.redirect_chain[0][0]) == ["jo", "eve"]


@pytest.mark.parametrize("digest", ["nonsense", "", ".", "A" * 64, "0" * 63, "' OR 1=1", "." * 5000, "0" * 64])
def test_digest_that_no_search_has_finds_nothing(supervisor: Client, digest: str) -> None:
    entry()
    searched(EMAIL, ERIKA)

    found = agents_on(supervisor.get(ACCESS, {"digest": digest}))

    assert found == ([] if digest else ["jo", "jo"])


def test_search_by_a_former_key_is_found_while_it_is_a_fallback(db: None, settings: Settings) -> None:
    searched(EMAIL, ERIKA, agent="eve")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new-key-" + "x" * 50

    client = staff("supervisor")

    assert agents_found(client, ERIKA) == ["eve"]


def test_exchanges_are_found_by_their_ids_alone(engineer: Client) -> None:
    exchange(code="E-7")
    exchange(code="E-8")

    found: Any = engineer.post(EXCHANGES, {"q": "E-7"}, follow=True)
    missed: Any = engineer.post(EXCHANGES, {"q": ERIKA}, follow=True)

    assert found.redirect_chain == [(f"{EXCHANGES}?q=E-7", 302)]
    assert len(soup(found).select("#result_list tbody tr")) == 1
    assert missed.redirect_chain == [(EXCHANGES, 302)]
    assert "No row has exactly this id" in soup(missed).get_text()
    assert ERIKA not in missed.content.decode()


def test_search_needs_the_permission_and_the_form(supervisor: Client, engineer: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = supervisor.cookies

    assert engineer.post(ACCESS, {"q": ERIKA}).status_code == 403
    assert supervisor.post(EXCHANGES, {"q": ERIKA}).status_code == 403
    assert strict.post(ACCESS, {"q": ERIKA}).status_code == 403


def test_box_is_posted_with_its_token(supervisor: Client) -> None:
    form = one(soup(supervisor.get(ACCESS)), "#changelist-search")

    assert form["method"] == "post"
    assert "action" not in form.attrs
    assert form.select("[name=csrfmiddlewaretoken]")
    assert [field["name"] for field in form.select("[type=text]")] == ["q"]


def test_who_met_the_limit_is_one_filter_away(supervisor: Client) -> None:
    searched(EMAIL, ERIKA, agent="eve", outcome="limited")
    searched(EMAIL, ERIKA, agent="jo")

    shown = supervisor.get(ACCESS, {"outcome": "limited"})

    assert agents_on(shown) == ["eve"]
    assert "over the search limit" in soup(shown).get_text()


@pytest.mark.parametrize(("kind", "found"), [("items", ["jo"]), ("search_email", ["eve"]), ("orders", ["ada"])])
def test_rows_are_filtered_by_kind(supervisor: Client, kind: str, found: list[str]) -> None:
    entry()
    searched(EMAIL, ERIKA, agent="eve", items=3)
    entry(kind="orders", agent="ada", order_id="")

    response = supervisor.get(ACCESS, {"kind__exact": kind})

    assert agents_on(response) == found


def test_row_tells_its_kind_and_how_many_were_found(supervisor: Client) -> None:
    row = searched(EMAIL, ERIKA, items=3)

    cells = soup(supervisor.get(ACCESS)).select("#result_list tbody tr td")
    alone = soup(supervisor.get(f"{ACCESS}{row.pk}/change/")).get_text()

    told = {str(cell["class"][0]): cell.get_text() for cell in cells}
    assert (told["field-kind"], told["field-items"]) == ("Search by e-mail", "3")
    assert row.digest in alone
    assert AccessLogEntry.objects.count() == 1
