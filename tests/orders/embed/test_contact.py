"""Who a told contact is: the first usable id, cleaned as the panel's own fields are."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.contact import Contact, read_contact
from tests.support.pages import one, soup
from tests.support.panels import fed, refused
from tests.support.signing_in import panel_token, register, told
from tests.support.stub_erc import StubErc


@pytest.mark.parametrize("text", ['"C-1"', "“C-1”", " 'C-1' ", "\u200bC-1", "C-1\ufeff"])
def test_id_is_cleaned_of_what_stands_around_it(
    browser: Client, client: Client, settings: Settings, erc: StubErc, text: str
) -> None:
    register(settings)

    answer = told(client, panel_token(browser, client), customer_id=text)

    shown = fed(client, answer["Embed-Token"], "/embed/customers/", customer_id=text, first="1")
    assert one(soup(answer), "#panel")["data-customer-id"] == "C-1"
    assert shown.status_code == 200


@pytest.mark.parametrize(
    "text", ["..", "\u200b..", '".."', '"a/../b"', "%2e%2e", "{{x}}", '"{{x}}"', "C\x001", '"\x00"']
)
def test_id_that_can_be_none_is_passed_over(text: str) -> None:
    assert read_contact({"customer_id": [text, "C-2"]}).customer_id == "C-2"


@pytest.mark.parametrize("text", ["null", "NULL", '"undefined"', " unknown ", "-"])
def test_word_for_a_value_that_is_not_known_names_nobody(text: str) -> None:
    contact = read_contact({"customer_id": [text], "order_id": [text], "email": ["amal@mail.example"]})

    assert (contact.customer_id, contact.order_id) == ("", "")
    assert [reading.text for reading in contact.sought] == ["amal@mail.example"]


@pytest.mark.parametrize("name", ["order_id", "order_number"])
def test_variable_that_was_not_filled_in_is_not_searched_for(name: str) -> None:
    assert read_contact({name: ["{{order}}"]}) == Contact()
    assert [reading.text for reading in read_contact({name: ["{{order}}", "A-7"]}).sought] == ["A-7"]


@pytest.mark.parametrize(
    "fields", [{"customer_id": "x" * 3_000_000}, {"customer_id": ["x"] * 1100}], ids=["long", "many"]
)
def test_telling_too_much_is_refused(
    browser: Client, client: Client, settings: Settings, fields: dict[str, str]
) -> None:
    register(settings)

    answer = told(client, panel_token(browser, client), **fields)

    assert (answer.status_code, refused(answer)) == (400, "launch-too-large")
