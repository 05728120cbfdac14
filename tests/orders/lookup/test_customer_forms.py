"""The forms of a customer's list: ids and cursors of a link, and the number that narrows it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.fixtures import Settings

from orders.core.sealing import seal
from orders.erc.query import CustomerOrdersQuery
from orders.lookup.customer_forms import CustomerForm, NarrowForm
from orders.presenters.links import orders_link
from tests.support.order_listings import follow, page


def sent(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_link_of_a_list_asks_for_what_it_was_made_of() -> None:
    (first,) = follow(page("a", following="c/1"), search="Ä 7&")
    link = orders_link("/customers/", first.query, {"cursor": "c/1"}, first.next_state)

    form = CustomerForm(sent(link))

    assert form.is_valid()
    assert form.query() == CustomerOrdersQuery(customer_id="C", search="Ä 7&", limit=2, cursor="c/1")


def test_link_of_a_narrowed_list_does_not_tell_the_number() -> None:
    link = orders_link("/customers/", CustomerOrdersQuery(customer_id="C", search="Y34DHR"))

    assert "Y34DHR" not in link
    assert "search" not in sent(link)
    assert CustomerForm(sent(link)).is_valid()


@pytest.mark.parametrize(
    "changes",
    [{"trail": ""}, {"trail": "forged"}, {"cursor": "2"}, {"customer_id": "X"}, {"limit": "3"}, {"narrowed": ""}],
    ids=str,
)
def test_cursor_that_the_list_did_not_lead_on_to_is_refused(changes: dict[str, str]) -> None:
    (first,) = follow(page("a", following="1"), search="7")
    link = orders_link("/customers/", first.query, {"cursor": "1"}, first.next_state)

    form = CustomerForm({**sent(link), **changes})

    assert not form.is_valid()
    assert list(form.errors) == ["cursor"]


@pytest.mark.parametrize("forged", ["Y34DHR", "x" * 500, "\x00"])
def test_number_that_the_portal_did_not_seal_is_refused(forged: str) -> None:
    assert not CustomerForm({"customer_id": "C", "narrowed": forged}).is_valid()


def test_number_that_was_sealed_for_something_else_is_refused() -> None:
    assert not CustomerForm({"customer_id": "C", "narrowed": seal(b"Y34DHR", "else")}).is_valid()


def test_number_that_was_sealed_before_the_key_changed_is_still_read(settings: Settings) -> None:
    link = orders_link("/customers/", CustomerOrdersQuery(customer_id="C", search="7"))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    form = CustomerForm(sent(link))

    assert form.is_valid()
    assert form.query().search == "7"


@pytest.mark.parametrize(
    ("typed", "search"),
    [
        ("Y34DHR", "Y34DHR"),
        (" #Y34 DHR ", "Y34 DHR"),
        ("＃Ｙ７", "Y7"),
        ("№ 7", "7"),
        ("\u200f#Y34DHR\u200e", "Y34DHR"),
        ("\u2066Y34\u00adDHR\u2069", "Y34DHR"),
        ("PW–47\u00a011", "PW-47 11"),
        ("", None),
        ("#", None),
        ("\u200b", None),
    ],
)
def test_number_is_asked_for_without_its_sign(typed: str, search: str | None) -> None:
    form = NarrowForm({"customer_id": "C", "search": typed, "cursor": "1"})

    assert form.is_valid()
    assert form.query() == CustomerOrdersQuery(customer_id="C", search=search, limit=20)


@pytest.mark.parametrize("typed", ["7" * 101, "7\x008", "7\n8", "7\x7f", "\ud8008"], ids=ascii)
def test_number_that_cannot_be_one_is_refused(typed: str) -> None:
    form = NarrowForm({"customer_id": "C", "search": typed})

    assert not form.is_valid()
    assert list(form.errors) == ["search"]


@pytest.mark.parametrize("customer_id", ["", "..", "a/../b", "a\x00b", "x" * 513])
@pytest.mark.parametrize("form", [CustomerForm, NarrowForm])
def test_id_that_cannot_be_one_is_refused(form: type[CustomerForm | NarrowForm], customer_id: str) -> None:
    assert not form({"customer_id": customer_id}).is_valid()
