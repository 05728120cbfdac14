"""What the first agents would otherwise wait for: done once, before a worker takes requests."""

from __future__ import annotations

from babel import Locale
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation
from jinja2 import Environment


def warm_up() -> None:
    """Compile the templates; load the addresses, and the languages with their dates and prices."""
    pages: Environment = engines["jinja2"].env  # type: ignore[attr-defined] # of Django's Jinja2 backend
    for name in pages.list_templates():
        pages.get_template(name)
    _ = get_resolver().url_patterns
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Order")
        locale = Locale.parse(code, sep="-")
        _ = locale.datetime_skeletons, locale.currency_formats
