"""Texts of two directions on their way into a page and to the clipboard."""

from __future__ import annotations

import pytest
from django.test import Client
from jinja2 import DictLoader

from ercportal.templating import environment
from orders.presenters.dates import DateText
from tests.support.pages import LOOKUP, one, soup
from tests.support.stub_erc import Reply, StubErc, item, page

PAGES = environment(
    loader=DictLoader(
        {
            "date_element": "{{ when|date_element }}",
            "isolating": "{{ text|isolating }}",
            "unmarked": "{{ text|unmarked }}",
        }
    )
)
DELIVERY = {"id": "D-1", "status": "IN_TRANSIT", "tracking_number": "1Z 1", "last_update": "2026-11-20T10:00:00Z"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain & simple", "plain &amp; simple"),
        ("\u2068<b>\u2069: \u2068A-1\u2069", "<bdi>&lt;b&gt;</bdi>: <bdi>A-1</bdi>"),
        ("\u2066<i>\u2069", '<bdi translate="no">&lt;i&gt;</bdi>'),
        ("", ""),
    ],
)
def test_names_that_are_isolated_become_elements(text: str, shown: str) -> None:
    assert PAGES.get_template("isolating").render(text=text) == shown


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (DateText("24 Nov", "2026-11-24"), '<time datetime="2026-11-24">24 Nov</time>'),
        (DateText("soon & <b>"), "<bdi>soon &amp; &lt;b&gt;</bdi>"),
    ],
)
def test_date_is_a_time_and_text_that_is_none_is_set_apart(when: DateText, shown: str) -> None:
    assert PAGES.get_template("date_element").render(when=when) == shown


@pytest.mark.parametrize("mark", ["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_marks_of_direction_are_not_for_the_clipboard(mark: str) -> None:
    assert PAGES.get_template("unmarked").render(text=f"{mark}A{mark}-1é ‑{mark}") == "A-1é ‑"


def test_note_in_an_arabic_answer_is_set_apart_by_an_element(browser: Client, erc: StubErc) -> None:
    noted = {**DELIVERY, "description": "Nobody was at home."}
    erc.answers(Reply(content=page(item("I-1", deliveries=[noted]))))

    html = soup(browser.get("/orders/", LOOKUP, headers={"Accept-Language": "ar"}))

    assert one(html, "#order-answer bdi").get_text() == "Nobody was at home."
    assert not any(
        sign in "\u2066\u2067\u2068\u2069\u200e\u200f" for sign in one(html, "#order-answer").get_text()
    )
