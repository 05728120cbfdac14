"""Loads before a worker's first request what agents would otherwise wait for."""

from __future__ import annotations

from babel import Locale
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from ercportal.templating import PageEnvironment


def warm_up() -> None:
    """Compile the templates; load the addresses, and the site's language with its dates and prices.

    Other languages, each of which takes memory for good, are loaded at their first use.
    """
    pages: PageEnvironment = engines["jinja2"].env  # type: ignore[attr-defined] # of Django's Jinja2 backend
    for name in pages.list_templates():
        pages.get_template(name)
    _ = get_resolver().url_patterns
    with translation.override(settings.LANGUAGE_CODE):
        translation.gettext("Order")
    locale = Locale.parse(settings.LANGUAGE_CODE, sep="-")
    _ = locale.datetime_skeletons, locale.currency_formats
