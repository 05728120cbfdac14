from __future__ import annotations

import pytest

from orders.presenters.text import clean, description, plain, prose, without_isolates


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


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Fish &amp; Chips", "Fish & Chips"),
        ("It&#39;s", "It's"),
        ("It&#x27;s", "It's"),
        ("Caf&eacute;&nbsp;au lait", "Café au lait"),
        ("&amp;amp;", "&amp;"),
        ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("Pen&notebook, R&D &copy", "Pen&notebook, R&D &copy"),
        ("&nosuchthing; &#0; &#8238;x", "&nosuchthing; \ufffd x"),
        ("AT&T", "AT&T"),
        (None, ""),
    ],
)
def test_name_is_unescaped_once_and_stays_text(raw: str | None, shown: str) -> None:
    assert plain(raw) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<p>Boils<br>water</p><p>fast</p>", "Boils water fast"),
        ("<b>Bo</b>ils &amp; <i title='a > b'>steams</i>", "Boils & steams"),
        ("<ul><li>One<li>Two</ul>", "One Two"),
        ("<table><tr><td>Size</td><td>2</td></tr></table>", "Size 2"),
        ("<style>p { color: red }</style><script>alert(1)</script>Boils", "Boils"),
        ("Boils <!-- not --> water", "Boils water"),
        ("<P CLASS=x>UP</P>", "UP"),
        ("<o:p>Word</o:p>", "Word"),
        ("&lt;p&gt;Soft&lt;/p&gt;", "Soft"),
        ("<p>5 &lt; 6 &amp;amp; 7</p>", "5 < 6 &amp; 7"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("Size <M> or <L>", "Size <M> or <L>"),
        ("<p>Size <M> or <L></p>", "Size <M> or <L>"),
        ("Dry. <3 it", "Dry. <3 it"),
        ("<img src=x onerror=alert(1)>Boils", "Boils"),
    ],
)
def test_description_in_html_is_its_words(raw: str, shown: str) -> None:
    text = description(raw)

    assert text is not None
    assert text.short == shown


@pytest.mark.parametrize("raw", [None, "", "<p> </p>", "<!-- nothing -->", "&nbsp;"])
def test_description_in_html_without_words_is_none(raw: str | None) -> None:
    assert description(raw) is None


def test_description_in_html_without_end_is_cut_and_says_so() -> None:
    text = description("<p>" + "word " * 20_000)

    assert text is not None
    assert len(text.full) < 21_000
    assert text.full.endswith(" …")


def test_description_in_japanese_is_cut_near_its_usual_length() -> None:
    whole = "丈夫な 椅子" + "です。木目が美しく" * 50

    text = prose(whole)

    assert text is not None
    assert 187 < len(text.short) <= 281
    assert text.short.endswith("。…")
    assert text.full == whole


@pytest.mark.parametrize(
    "character",
    ["e\u0301", "👨\u200d👩\u200d👧", "👍🏽", "🇩🇪", "\u1112\u1161\u11ab", "नि", "❤\ufe0f"],
    ids=["accent", "family", "skin", "flag", "hangul", "vowel", "variant"],
)
def test_description_is_not_cut_within_a_character(character: str) -> None:
    text = prose("x" * 279 + character * 50)

    assert text is not None
    assert text.short == "x" * 279 + "…"


def test_description_of_one_endless_character_is_cut_all_the_same() -> None:
    text = prose("e" + "\u0301" * 5000)

    assert text is not None
    assert len(text.short) == 281


@pytest.mark.parametrize(
    ("words", "cut"), [("x" * 200 + " " + "y" * 400, 200), ("x" * 100 + " " + "y" * 400, 280)]
)
def test_description_is_cut_at_a_blank_that_is_far_enough_in(words: str, cut: int) -> None:
    text = prose(words)

    assert text is not None
    assert text.short == f"{words[:cut]}…"


def test_sentence_for_the_clipboard_has_no_isolates() -> None:
    assert without_isolates("\u2068a\u2069 \u2066b\u2069 \u2067c\u2069 d") == "a b c d"
