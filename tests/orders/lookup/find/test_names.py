"""Names in the find box, with what people put before them."""

from __future__ import annotations

import pytest

from orders.lookup.find import Kind, Reading, read_query
from tests.support.finding import customer, email, name, number


@pytest.mark.parametrize(
    "text",
    [
        "Ana Souza",
        "  Ana\u00a0 Souza ",
        "Souza, Ana",
        "Ａｎａ　Ｓｏｕｚａ",
        "“Ana Souza”",
        "Ana Souza 😀",
        "Ana\u200b Souza\u200e",
        "Hello, Ana Souza",
        "Hello,\nAna Souza",
        "Mrs. Ana Souza",
        "My name is Ana Souza.",
        "Hello, my name is Ana Souza!",
        "Name: Ana Souza",
        "**Name:** Ana Souza",
        "Full name: Ana Souza",
        "Customer name: Ana Souza",
        "customer Ana Souza",
        "Customer: Ana Souza",
        "Guten Tag, ich heiße Ana Souza",
        "Sehr geehrte Frau Ana Souza",
        "Kundenname: Ana Souza",
        "Kundin Ana Souza",
        "Mein Name ist Ana Souza",
        "Buenos días, me llamo Ana Souza",
        "Nombre: Ana Souza",
        "Nombre del cliente: Ana Souza",
        "Señora Ana Souza",
        "Bonjour, je m’appelle Ana Souza",
        "Nom du client : Ana Souza",
        "Mme Ana Souza",
        "Olá, meu nome é Ana Souza",
        "Nome do cliente: Ana Souza",
        "Sra. Ana Souza",
        "الاسم: Ana Souza",
        "اسم العميل: Ana Souza",
        "مرحبا، اسمي Ana Souza",
        "Order date: today\nName: Ana Souza (VIP)",
        "Ana Souza (she/her)",
        'Ana "Nana" Souza',
    ],
)
def test_name_is_found_without_what_stands_around_it(text: str) -> None:
    assert read_query(text) == (name("Ana Souza"),)


@pytest.mark.parametrize(
    "typed",
    [
        "José Núñez",
        "Zoë Ångström",
        "Seán O'Brien",
        "Jean-Luc D'Arcy",
        "Maria da Silva e Souza",
        "M. Dupont",
        "فاطمة الزهراء",
        "Ольга Иванова",
        "Nguyễn Thị Ánh",
        "王小明",
        "李",
        "प्रिया शर्मा",
        "José",
        "Øyvind",
        "ana souza",
        "Halden & Moor",
    ],
)
def test_name_keeps_accents_and_every_script(typed: str) -> None:
    assert read_query(typed) == (name(typed),)


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("ﬁona ﬂeur", "fiona fleur"),
        ("ﻣﺤﻤﺪ ﻋﻠﻲ", "محمد علي"),
        ("ﾀﾅｶ ﾕｶﾞ", "タナカ ユガ"),
        ("Ａｎａ Ｓｏｕｚａ", "Ana Souza"),
    ],
)
def test_name_has_the_usual_forms_of_its_letters(pasted: str, typed: str) -> None:
    assert read_query(pasted) == (name(typed),)


def test_name_is_composed_and_its_apostrophe_plain() -> None:
    assert read_query("Jose\u0301 O’Neill") == (name("José O'Neill"),)


@pytest.mark.parametrize("word", ["Souza", "souza", "O'Brien", "Jean-Luc"])
def test_single_word_may_be_a_number_or_an_id_as_well(word: str) -> None:
    assert read_query(word) == (name(word), number(word), customer(word))


def test_single_word_after_its_label_is_a_name_alone() -> None:
    assert read_query("Name: Souza") == (name("Souza"),)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Customer: dora", (name("dora"), customer("dora"))),
        ("Ana Souza <ana@shop.example>", (email("ana@shop.example"),)),
        ("Ana Souza, order A-20731", (number("A-20731"),)),
    ],
)
def test_what_is_surer_than_a_name_comes_before_it(text: str, readings: tuple[Reading, ...]) -> None:
    assert read_query(text) == readings


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Hello!",
        "Name:",
        "name",
        "no",
        "unknown",
        "the customer wants his order back",
        "a very long sentence that is no name at all",
        "foo, bar, baz",
        "Ana Souza\nBo Lind",
        "Ana_Souza & Co",
        "Ana " + "z" * 200,
        ". - '",
        "\u0301",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert Kind.NAME not in {reading.kind for reading in read_query(text)}
