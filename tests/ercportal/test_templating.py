"""The templates speak the language of the page, and escape what they print."""

from __future__ import annotations

import pytest
from django.utils import translation
from jinja2 import DictLoader, TemplateSyntaxError, UndefinedError

from ercportal import templating
from ercportal.templating import environment

PAGES = environment(
    loader=DictLoader(
        {
            "page": """<p title="{{ _("Delivery") }}">{{ _("Delivery") }} {{ value }}</p>{% include "part" %}""",
            "part": """{% if value %}{{ _("No delivery yet.") }}{% endif %}""",
            "named": """{{ _("Order %(order)s", order=value) }}""",
        }
    )
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", '<p title="Delivery">Delivery a&lt;b</p>No delivery yet.'),
        ("de", '<p title="Lieferung">Lieferung a&lt;b</p>Noch keine Lieferung.'),
        ("fr", '<p title="Livraison">Livraison a&lt;b</p>Pas encore de livraison.'),
    ],
)
def test_words_are_those_of_the_language_and_values_are_escaped(language: str, shown: str) -> None:
    with translation.override(language):
        assert PAGES.get_template("page").render(value="a<b") == shown


def test_words_with_a_value_are_put_together_on_the_page() -> None:
    with translation.override("de"):
        assert PAGES.get_template("named").render(value="<1>") == "Bestellung &lt;1&gt;"


def test_unknown_name_fails() -> None:
    with pytest.raises(UndefinedError):
        PAGES.get_template("page").render()


@pytest.mark.parametrize(
    ("translated", "shown"),
    [('a "b" & <c>', "a &#34;b&#34; &amp; &lt;c&gt;"), ("{shown} of {all}", "{shown} of {all}")],
)
def test_translation_is_text_and_no_markup(monkeypatch: pytest.MonkeyPatch, translated: str, shown: str) -> None:
    monkeypatch.setattr(templating, "gettext", lambda _message: translated)
    pages = environment(loader=DictLoader({"page": '{{ _("Delivery") }}'}))

    assert pages.get_template("page").render() == shown


def test_translation_that_looks_like_a_template_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templating, "gettext", lambda _message: "{{ value }}")
    pages = environment(loader=DictLoader({"page": '{{ _("Delivery") }}'}))

    with pytest.raises(TemplateSyntaxError):
        pages.get_template("page")
