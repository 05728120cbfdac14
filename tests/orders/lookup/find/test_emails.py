"""E-mail addresses in the find box, however they were copied."""

from __future__ import annotations

import pytest

from orders.lookup.find import Kind, read_query
from tests.support.finding import email, name, number, phone


@pytest.mark.parametrize(
    "text",
    [
        "ana@shop.example",
        "  Ana@SHOP.example\u00a0",
        "Ana Souza <ana@shop.example>",
        '"Souza, Ana" <ana@shop.example>;',
        "<ana@shop.example>",
        "(ana@shop.example)",
        "'ana@shop.example'",
        "“ana@shop.example”",
        "**ana@shop.example**",
        "_ana@shop.example_",
        "`ana@shop.example`",
        "mailto:ana@shop.example",
        "mailto:ana%40shop.example",
        "mailto:ana@shop.example?subject=Order%20late",
        "[mail](mailto:ana@shop.example)",
        '<a href="mailto:ana@shop.example">Ana</a>',
        "ana\u200b@shop\u00ad.example\u200e",
        "\u2068ana@shop.example\u2069",
        "ana＠shop.example",
        "ａｎａ＠ｓｈｏｐ．ｅｘａｍｐｌｅ",
        "&lt;ana@shop.example&gt;",
        "My address is ana@shop.example.",
        "Is it ana@shop.example? Or ana@shop.example!",
        "E-mail: ana@shop.example",
        "E-Mail-Adresse: ana@shop.example",
        "Correo electrónico: ana@shop.example",
        "Adresse e-mail : ana@shop.example",
        "Endereço de e-mail: ana@shop.example",
        "البريد الإلكتروني: ana@shop.example",
        "customer: ana@shop.example",
        "Kunde: ana@shop.example",
        '{"email":"ana@shop.example"}',
        "https://crm.example/contact?email=ana%40shop.example&tab=1",
        "Name\tE-mail\nAna Souza\tana@shop.example",
    ],
)
def test_address_is_found_however_it_was_copied(text: str) -> None:
    assert read_query(text) == (email("ana@shop.example"),)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.co",
        "o'brien@shop.example",
        "ana.souza+tag@mail.shop.example",
        "ana_@shop.example",
        "用户@例子.中国",
        "संपर्क@डाटामेल.भारत",
        "คนไทย@อีเมล.ไทย",
        "அஞ்சல்@தமிழ்.இந்தியா",
        "josé@correo.example",
        "ana@xn--bcher-kva.example",
        "1234567890@shop.example",
        "a-b%c@shop-1.example",
    ],
)
def test_address_keeps_every_sign_of_its_own(address: str) -> None:
    assert read_query(f"Write to {address}, please.") == (email(address),)


def test_decomposed_accent_of_an_address_is_composed() -> None:
    assert read_query("jose\u0301@correo.example") == (email("josé@correo.example"),)


@pytest.mark.parametrize(
    "text",
    [
        "@",
        "ana@",
        "@ana",
        "ana@shop",
        "ana@shop.1",
        "ana@.example",
        "a b@c",
        "ana@shop..example",
        "x" * 65 + "@b.example",
    ],
)
def test_what_lacks_a_part_of_an_address_is_none(text: str) -> None:
    assert Kind.EMAIL not in {reading.kind for reading in read_query(text)}


def test_address_that_is_longer_than_any_can_be_is_none() -> None:
    long = "ana@" + "a." * 125 + "example"

    assert len(long) > 254
    assert Kind.EMAIL not in {reading.kind for reading in read_query(long)}


def test_two_addresses_are_both_found() -> None:
    assert read_query("ana@shop.example, bo@shop.example") == (email("ana@shop.example"), email("bo@shop.example"))


def test_address_beside_other_things_leaves_them_what_they_are() -> None:
    assert read_query("ana@shop.example, order A-20731") == (number("A-20731"), email("ana@shop.example"))
    assert read_query("Name: Ana Souza\nE-mail: ana@shop.example\nPhone: +351 912 345 678") == (
        email("ana@shop.example"),
        phone("+351912345678"),
        name("Ana Souza"),
    )


def test_label_of_an_address_without_one_is_no_number() -> None:
    assert read_query("E-mail: 20731") == ()
