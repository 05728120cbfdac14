"""How a launch token asks for the panel to look, also where it is refused."""

from __future__ import annotations

import pytest

from orders.embed.errors import Look
from orders.embed.launch_tokens import look
from tests.support.launching import token


def test_look_is_that_of_the_token_whoever_signed_it() -> None:
    assert look(token("x" * 40, locale="de", zone="Asia/Tokyo", theme="dark")) == Look("de", "Asia/Tokyo", "dark")


@pytest.mark.parametrize("text", ["", "junk", "a.b.c", "\ud800"])
def test_look_of_what_is_no_token_is_the_usual_one(text: str) -> None:
    assert look(text) == Look()


def test_look_is_taken_from_texts_only() -> None:
    assert look(token(locale=7, zone=["Asia/Tokyo"], theme={"dark": 1})) == Look()


def test_look_reads_no_more_than_the_longest_token() -> None:
    assert look(token(name="x" * 4096, theme="dark")) == Look()
