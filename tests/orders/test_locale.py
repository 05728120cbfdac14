"""Every word that an agent reads is there in every language, with its placeholders and plurals."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

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


def folder(code: str) -> Path:
    return ROOT / "orders" / "locale" / translation.to_locale(code) / "LC_MESSAGES"


def catalog(code: str) -> Catalog:
    with (folder(code) / "django.po").open("rb") as file:
        return read_po(file, locale=translation.to_locale(code))


@cache
def said() -> frozenset[object]:
    """Every message in the sources, plural ones as pairs."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = {"gettext": None, "ngettext": (1, 2), "_": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords)
    return frozenset(
        tuple(message) if isinstance(message, tuple | list) else message for _, _, message, _, _ in found
    )


def test_no_message_hides_from_the_catalogues() -> None:
    """A call within an f-string is not found by the extraction."""
    hidden = re.compile(r"""f(["'])[^"'\n]*\{n?(gettext|_)\(""")
    sources = [path for folder in ("orders", "ercportal") for path in (ROOT / folder).rglob("*.py")]

    assert [str(path) for path in sources if hidden.search(path.read_text())] == []


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [str(message.string)]


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
        if any(set(_PLACEHOLDER.findall(one)) not in allowed for one in forms(message) if message.id):
            wrong.append(message.id)

    assert wrong == []


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
