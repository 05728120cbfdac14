"""The templates speak the language of the page, and escape what they print."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from jinja2 import DictLoader, Environment, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from ercportal import templating
from ercportal.templating import environment

PAGES = environment(
    loader=DictLoader(
        {
            "page": """<p title="{{ _("Shipment") }}">{{ _("Shipment") }} {{ value }}</p>{% include "part" %}""",
            "part": """{% if value %}{{ _("No shipment yet.") }}{% endif %}""",
            "ambiguous": """{{ pgettext("button", "Close") }} {{ pgettext("button", value) }}""",
            "named": """{{ _("Order %(order)s", order=value) }}""",
        }
    )
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", '<p title="Shipment">Shipment a&lt;b</p>No shipment yet.'),
        ("de", '<p title="Sendung">Sendung a&lt;b</p>Noch keine Sendung.'),
        ("fr", '<p title="Envoi">Envoi a&lt;b</p>Pas encore d’envoi.'),
    ],
)
def test_words_are_those_of_the_language_and_values_are_escaped(language: str, shown: str) -> None:
    with translation.override(language):
        assert PAGES.get_template("page").render(value="a<b") == shown


def test_words_that_mean_several_things_have_a_context() -> None:
    with translation.override("de"):
        assert PAGES.get_template("ambiguous").render(value="Filter") == "Schließen Filtern"


def test_words_with_a_value_are_put_together_on_the_page() -> None:
    with translation.override("de"):
        assert PAGES.get_template("named").render(value="<1>") == "Bestellung &lt;1&gt;"


def test_value_that_is_an_element_stays_one_and_the_others_are_escaped() -> None:
    page = "{{ _('%(what)s: %(told)s', what=label, told=value|identifier) }}"
    pages = environment(loader=DictLoader({"page": page}))

    with translation.override("fr"):
        made = pages.get_template("page").render(label="a & b", value="<1>")

    assert made == 'a &amp; b\u00a0: <bdi translate="no">&lt;1&gt;</bdi>'


def test_unknown_name_fails() -> None:
    with pytest.raises(UndefinedError):
        PAGES.get_template("page").render()


@pytest.mark.parametrize(
    ("translated", "shown"),
    [('a "b" & <c>', "a &#34;b&#34; &amp; &lt;c&gt;"), ("{shown} of {all}", "{shown} of {all}")],
)
def test_translation_is_text_and_no_markup(monkeypatch: pytest.MonkeyPatch, translated: str, shown: str) -> None:
    monkeypatch.setattr(templating, "gettext", lambda _message: translated)
    pages = environment(loader=DictLoader({"page": '{{ _("Shipment") }}'}))

    assert pages.get_template("page").render() == shown


def test_translation_that_looks_like_a_template_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templating, "gettext", lambda _message: "{{ value }}")
    pages = environment(loader=DictLoader({"page": '{{ _("Shipment") }}'}))

    with pytest.raises(TemplateSyntaxError):
        pages.get_template("page")


class _Marked(str):
    """Text of a class of its own that is no markup."""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ("a & b", "a &amp; b"),
        ("<\"'>", "&lt;&#34;&#39;&gt;"),
        (_Marked("<b>"), "&lt;b&gt;"),
        (Markup("<b>&amp;</b>"), "<b>&amp;</b>"),
        (mark_safe("<b>&amp;</b>"), "<b>&amp;</b>"),
        (gettext_lazy("<b>"), "&lt;b&gt;"),
        (12, "12"),
        (None, "None"),
        (["<"], "[&#39;&lt;&#39;]"),
    ],
)
def test_value_of_any_kind_is_escaped_once_as_jinja_does(value: object, shown: str) -> None:
    sources = {
        "page": "{{ value }}",
        "macro": "{% macro shown(value) %}{{ value }}{% endmacro %}{{ shown(value) }}",
        "sentence": '{{ _("Order %(order)s", order=value) }}',
    }
    pages = environment(loader=DictLoader(sources))

    made = [pages.get_template(name).render(value=value) for name in sources]

    assert made == [shown, shown, f"Order {shown}"]
    assert Environment(autoescape=True).from_string("{{ value }}").render(value=value) == shown


def test_sentence_keeps_its_per_cent_signs() -> None:
    pages = environment(loader=DictLoader({"page": '{{ _("%(value)s %% of it", value=one.value) }}'}))

    assert pages.get_template("page").render(one={"value": 5}) == "5 % of it"


def test_names_that_one_template_is_given_are_no_others() -> None:
    pages = environment(loader=DictLoader({"page": "{{ own }}", "other": "{{ own }}"}))

    assert pages.get_template("page", globals={"own": 1}).render() == "1"
    with pytest.raises(UndefinedError):
        pages.get_template("other").render()
