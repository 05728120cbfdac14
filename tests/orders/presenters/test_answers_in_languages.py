"""The sentences in every language, as `answers.md` has them for a reviewer to read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tests.orders.presenters.answers_cases import CASES, Texts

TABLE = Path(__file__).with_name("answers.md")
CODES = [code for code, _ in settings.LANGUAGES]
_ROW = re.compile(r"^- ([a-z-]+): (.*)\n  - (.*)$", flags=re.MULTILINE)
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"[A-Z]{2,}_[A-Z]")
# What only the agent's screen has: a list, its entries, and what of it was loaded.
_SCREEN_WORDS = re.compile(
    r"\b(list|loaded|entry|entries|Liste|geladen|Eintr\w+|lista|cargad\w+|liste|chargé\w*|carregad\w+)\b|القائمة|سجل"
)


@cache
def table() -> dict[str, dict[str, Texts]]:
    """The texts of each case by language."""
    _, *sections = re.split(r"^## ", TABLE.read_text(), flags=re.MULTILINE)
    return {
        section.partition("\n")[0]: {
            code: Texts(screen, message) for code, screen, message in _ROW.findall(section)
        }
        for section in sections
    }


def messages(code: str) -> list[str]:
    return [texts[code].message for texts in table().values()]


def test_table_has_every_case_in_every_language() -> None:
    assert list(table()) == list(CASES)
    assert all(list(texts) == CODES for texts in table().values())


@pytest.mark.parametrize("code", CODES)
def test_answers_read_as_the_table_has_them(code: str) -> None:
    with translation.override(code):
        made = {case: texts() for case, texts in CASES.items()}

    assert made == {case: texts[code] for case, texts in table().items()}


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_answer_holds_no_english(code: str) -> None:
    # “Status” is the same word in Portuguese.
    told = {case: texts for case, texts in table().items() if "STUCK_IN_DEPOT" not in case}
    same = [case for case, texts in told.items() if texts[code].screen == texts["en"].screen]

    assert same == []


@pytest.mark.parametrize("code", CODES)
def test_message_holds_no_mark_of_direction_no_code_and_nothing_of_the_screen(code: str) -> None:
    told = messages(code)

    assert [text for text in told if _MARKS.search(text) or _CODE.search(text) or _SCREEN_WORDS.search(text)] == []


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_ends_twice_or_counts_nothing(code: str) -> None:
    texts = [text for row in table().values() for text in row[code]]

    assert [
        text for text in texts if ".." in text or re.search(r"(?<![\d.,])0 (?:unit|Stück|unidad|وحدة)", text)
    ] == []


def test_french_high_punctuation_has_its_space() -> None:
    texts = [re.sub(r"https?://\S+|\d\d:\d\d", "", text) for row in table().values() for text in row["fr"]]

    assert [text for text in texts if re.search(r"[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]", text)] == []


def test_german_days_stand_before_the_participle() -> None:
    assert table()["DELIVERED, dated"]["de"] == Texts(
        "Am Mi., 9. Sept. (gestern) zugestellt.",
        "Kettle: am 9. Sept. 2026 zugestellt. ⏎ Zusteller: Nordpost ⏎ Sendungsnummer: 1Z 99"
        " ⏎ Sendungsverfolgung: https://track.nordpost.example/1Z99",
    )


def test_arabic_nouns_follow_their_numbers() -> None:
    said = [table()[f"order, {count} IN_TRANSIT"]["ar"].screen for count in (1, 2, 3, 11, 100)]

    nouns = ("منتج واحد في", "منتجان في", "3 منتجات في", "11 منتجًا في", "100 منتج في")
    assert [noun in text for noun, text in zip(nouns, said, strict=True)] == [True] * 5
