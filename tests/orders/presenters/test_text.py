from __future__ import annotations

import pytest

from orders.presenters.text import clean, prose


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("  two   words \n here ", "two words here"),
        ("tab\tand\r\nbreaks\u2028end", "tab and breaks end"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("left\u202eright\u202c\u2066x\u2069", "leftrightx"),
        ("mark\u200e\u200f\u061c\ufeff", "mark"),
        ("half \ud800 character", "half character"),
        ("شاي أخضر", "شاي أخضر"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("", ""),
    ],
)
def test_text_loses_what_could_mislead_and_nothing_else(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_text_of_any_length_is_cleaned() -> None:
    assert clean("\u202ea\n" * 50_000) == " ".join("a" * 50_000)


@pytest.mark.parametrize("control", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))])
def test_no_bidirectional_control_is_kept(control: str) -> None:
    assert clean(f"a{control}b") == "ab"


def test_no_surrogate_or_control_character_is_kept() -> None:
    controls = [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]

    kept = {character for code in controls for character in clean(f"a{chr(code)}b")}

    assert kept == {"a", "b", " "}


def test_description_without_spaces_is_cut_all_the_same() -> None:
    text = prose("x" * 100_000)

    assert text is not None
    assert text.short == "x" * 280 + "…"
    assert text.full == "x" * 100_000


def test_short_description_is_shown_whole() -> None:
    text = prose("Boils water.")

    assert text is not None
    assert (text.short, text.full) == ("Boils water.", "")


def test_long_description_is_shown_in_short_and_kept_whole() -> None:
    raw = "word " * 20_000

    text = prose(raw)

    assert text is not None
    assert len(text.short) <= 281
    assert text.short.endswith("word…")
    assert text.full == raw.strip()


@pytest.mark.parametrize("raw", [None, "", " \n ", "\u202e"])
def test_description_without_words_is_none(raw: str | None) -> None:
    assert prose(raw) is None
