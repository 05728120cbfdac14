"""The sentences in every language, as `answers.md` has them for a reviewer to read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tests.orders.presenters.answers_cases import CASES

TABLE = Path(__file__).with_name("answers.md")
CODES = [code for code, _ in settings.LANGUAGES]


@cache
def table() -> dict[str, dict[str, str]]:
    """The sentences of each case by language."""
    _, *sections = re.split(r"^## ", TABLE.read_text(), flags=re.MULTILINE)
    return {
        section.partition("\n")[0]: dict(re.findall(r"^- ([a-z-]+): (.*)$", section, flags=re.MULTILINE))
        for section in sections
    }


def test_table_has_every_case_in_every_language() -> None:
    assert list(table()) == list(CASES)
    assert all(list(sentences) == CODES for sentences in table().values())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("case", CASES)
def test_answer_reads_as_the_table_has_it(case: str, code: str) -> None:
    with translation.override(code):
        assert CASES[case]() == table()[case][code]


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_answer_holds_no_english(code: str) -> None:
    # “Status” is the same word in Portuguese.
    told = {case: sentences for case, sentences in table().items() if "HELD_AT_CUSTOMS" not in case}
    same = [case for case, sentences in told.items() if sentences[code] == sentences["en"]]

    assert same == []
