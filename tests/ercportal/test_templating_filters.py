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


def test_answer_of_a_delivery_in_arabic_is_copied_without_marks(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("I-1", deliveries=[DELIVERY]))))

    html = soup(browser.get("/orders/", LOOKUP, headers={"Accept-Language": "ar"}))

    copied = [str(button["data-copy"]) for button in html.select("[data-copy]")]
    assert any("\u0600" < sign < "\u06ff" for text in copied for sign in text)
    assert not any(sign in "\u2066\u2067\u2068\u2069\u200e\u200f" for text in copied for sign in text)
    assert one(html, "[data-answer] bdi").get_text()
