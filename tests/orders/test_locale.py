"""Every word that an agent reads is there in every language, with its placeholders and plurals."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from orders.erc.errors import NotFound
from orders.presenters.errors import upstream_error
from orders.presenters.statuses import status
from tests.support.launching import token
from tests.support.pages import LOOKUP, one, soup, text
from tests.support.paths import ROOT
from tests.support.stub_erc import StubErc

CODES = [code for code, _ in settings.LANGUAGES if code != "en"]
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_NUMBERS = {"%(count)d", "%(count)s", "%(days)d", "%(num)s"}
_NUMERAL = re.compile(r"\d|%\((count|days|num)\)")
# Words for what has another name here, by language: the parcel is no delivery, the agent's application no desk, an
# expected day no promise; and familiar address.
_NOT_SAID = {
    "de": r"\bLieferung(en)?\b|Desktop|Erlaubnis|\b(du|dir|dich|dein\w*)\b",
    "es": r"\bentregas\b|escritorio|prometid|anticuad|\bclave\b|\b(tú|tu|tus|ti)\b",
    "fr": r"\blivraisons\b|\bbureau\b|promis|périmé|\b(tu|toi|ton|tes)\b",
    "pt-br": r"\bentregas\b|desktop|prometid|\b(tu|teu|tua)\b",
    "ar": r"سطح المكتب|موعود|تسليمات|كلمة السر",
}
_WORD = re.compile(r"\w+[.:…]?")
_CLEAR_WORDS = {"today", "tomorrow", "yesterday", "delivered", "Yes", "No"}
# None, one and two: Arabic says them by the noun.
_FORMS_THAT_ARE_NUMBERS = (0, 1, 2)


def folder(code: str) -> Path:
    return ROOT / "orders" / "locale" / translation.to_locale(code) / "LC_MESSAGES"


def catalog(code: str) -> Catalog:
    with (folder(code) / "django.po").open("rb") as file:
        return read_po(file, locale=translation.to_locale(code))


class Source(NamedTuple):
    """A message where it stands in the sources, with what is told to translators."""

    message: object
    comments: tuple[str, ...]
    context: str


@cache
def sources() -> list[Source]:
    """Every place of a message in the sources."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = {
        "gettext": None,
        "ngettext": (1, 2),
        "say_count": (1, 2),
        "_": None,
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    found = extract_from_dir(str(ROOT), methods, options, keywords, comment_tags=("Translators:",))
    return [
        Source(tuple(message) if isinstance(message, tuple | list) else message, tuple(comments), context or "")
        for _, _, message, comments, context in found
    ]


def said() -> frozenset[object]:
    """Every message in the sources, plural ones as pairs."""
    return frozenset(source.message for source in sources())


def test_no_message_hides_from_the_catalogues() -> None:
    """A call within an f-string is not found by the extraction."""
    hidden = re.compile(r"""f(["'])[^"'\n]*\{n?(gettext|_)\(""")
    sources = [path for folder in ("orders", "ercportal") for path in (ROOT / folder).rglob("*.py")]

    assert [str(path) for path in sources if hidden.search(path.read_text())] == []


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [str(message.id)]


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [str(message.string)]


def test_word_alone_is_explained_to_translators() -> None:
    """One word can be a noun or a verb, and of several things; a sentence is clear by itself."""
    alone = {one.message for one in sources() if isinstance(one.message, str) and _WORD.fullmatch(one.message)}
    explained = {one.message for one in sources() if one.comments or one.context}

    assert len(alone) > 60
    assert alone - explained - _CLEAR_WORDS == set()


def test_comments_for_translators_stand_in_the_catalogues() -> None:
    """Both those of the sources and those of the templates."""
    told = {str(message.id): " ".join(message.auto_comments) for message in catalog("de") if message.id}

    assert told["Collected"].endswith("not by the carrier at the sender.")
    assert [word for word in ("Outstanding", "Total", "All") if not told[word]] == []


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated(code: str) -> None:
    translated = {
        tuple(message.id) if isinstance(message.id, tuple | list) else message.id
        for message in catalog(code)
        if message.id and all(forms(message)) and not message.fuzzy
    }

    assert len(said()) > 200
    assert said() - translated == frozenset()


@pytest.mark.parametrize("code", CODES)
def test_every_translation_keeps_its_placeholders(code: str) -> None:
    wrong = []
    for message in catalog(code):
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        allowed = [set(_PLACEHOLDER.findall(original)) for original in originals]
        for number, form in enumerate(forms(message)) if message.id else ():
            is_word = code == "ar" and message.pluralizable and number in _FORMS_THAT_ARE_NUMBERS
            wordless = [each - _NUMBERS for each in allowed] if is_word else []
            if set(_PLACEHOLDER.findall(form)) not in allowed + wordless:
                wrong.append(form)

    assert wrong == []


def test_arabic_forms_for_one_and_two_are_words_without_a_number() -> None:
    """The noun itself says one or two; a number beside it says it twice."""
    plural = [message for message in catalog("ar") if message.id and message.pluralizable]

    assert [form for message in plural for form in forms(message)[1:3] if _NUMERAL.search(form)] == []


def test_arabic_nouns_after_eleven_are_singular_accusative_and_after_a_hundred_genitive() -> None:
    """The tanwin of the accusative belongs to form 5 (11 to 99), never to form 4 (100, 101, 102)."""
    plural = [forms(message) for message in catalog("ar") if message.id and message.pluralizable]

    assert [form[4] for form in plural if "ًا" in form[4] and "ًا" not in form[5]] == []


def test_french_high_punctuation_never_begins_a_line() -> None:
    """A plain space before : ; ! ? or inside « » lets the mark stand alone on the next line."""
    plain = re.compile(r"(^|[^\u00a0\u202f])[;!?]|(^|[^\u00a0\u202f\w]):|\w:(\s|$)|«[^\u00a0]|[^\u00a0]»")

    assert [form for message in catalog("fr") if message.id for form in forms(message) if plain.search(form)] == []


@pytest.mark.parametrize("code", CODES)
def test_each_thing_has_one_word_and_everybody_is_addressed_formally(code: str) -> None:
    said_otherwise = [
        form
        for message in catalog(code)
        if message.id
        for form in forms(message)
        if re.search(_NOT_SAID[code], form, re.IGNORECASE)
    ]

    assert said_otherwise == []


@pytest.mark.parametrize("code", ["en", *CODES])
def test_quotation_marks_and_apostrophes_are_those_of_print(code: str) -> None:
    """Straight ones are typewriter's; each language has its own."""
    catalogue = catalog("de" if code == "en" else code)
    ids = [each for message in catalogue for each in _ids(message)]
    texts = ids if code == "en" else [form for message in catalogue if message.id for form in forms(message)]

    assert [form for form in texts if "'" in form or '"' in form or " × " in form] == []


def test_translators_are_told_what_a_lone_word_means() -> None:
    """A comment of the sources stands beside the message in every catalogue."""
    for code in CODES:
        assert "what is sent is a shipment" in " ".join(catalog(code)["Delivery"].auto_comments)


@pytest.mark.parametrize("code", CODES)
def test_compiled_catalogue_is_that_of_the_words(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog(code))

    assert (folder(code) / "django.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("code", CODES)
def test_page_is_in_the_language_of_the_browser(browser: Client, erc: StubErc, code: str) -> None:
    html = soup(browser.get("/orders/", LOOKUP, headers={"Accept-Language": f"{code};q=1, en;q=0.5"}))

    root = one(html, "html")
    assert root["lang"] == code
    assert root["dir"] == ("rtl" if code == "ar" else "ltr")
    assert text(html, "form.lookup button") != "Look up"
    assert "Thing item-1" in html.get_text()


def test_language_that_is_not_spoken_is_english(browser: Client) -> None:
    assert one(soup(browser.get("/orders/", headers={"Accept-Language": "tlh"})), "html")["lang"] == "en"


def test_language_can_be_chosen_and_stays(browser: Client) -> None:
    browser.post("/language/", {"language": "de"})

    assert one(soup(browser.get("/orders/", headers={"Accept-Language": "fr"})), "html")["lang"] == "de"


def test_language_needs_the_form(client: Client, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/language/", {"language": "de"}).status_code == 403


@pytest.mark.parametrize(("locale", "code"), [("de-AT", "de"), ("pt-BR", "pt-br"), ("ar", "ar"), ("xx", "en")])
def test_panel_speaks_the_language_of_its_launch(client: Client, db: None, locale: str, code: str) -> None:
    from orders.embed.registry import registry
    from tests.support.launching import AUDIENCE, host

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EMBED_HOSTS", [host()])
        patch.setattr(settings, "EMBED_AUDIENCE", AUDIENCE)
        registry.cache_clear()
        response = client.post("/embed/launch", {"token": token(locale=locale)}, headers={"Accept-Language": "fr"})

    panel = one(soup(response), "#panel")
    assert (panel["lang"], panel["dir"]) == (code, "rtl" if code == "ar" else "ltr")
    assert not response.cookies


@pytest.mark.parametrize("code", CODES)
def test_statuses_and_errors_differ_from_english(code: str) -> None:
    english = [status("IN_TRANSIT").words, upstream_error(NotFound("x"), "", "").title]

    with translation.override(code):
        other = [status("IN_TRANSIT").words, upstream_error(NotFound("x"), "", "").title]

    assert all(first != second for first, second in zip(english, other, strict=True))
