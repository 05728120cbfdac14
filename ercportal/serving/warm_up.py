"""Loads before a worker's first request what agents would otherwise wait for."""

from __future__ import annotations

from importlib import import_module

from babel import Locale
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from ercportal.templating import PageEnvironment
from orders.core.checks import check_static_files


def warm_up() -> None:
    """Compile the templates; load the addresses, and the site's language with its dates and prices.

    Single sign-on is loaded where it is set up. Other languages, each of which takes memory for good, are loaded
    at their first use. Raises ImproperlyConfigured where the static files are not collected, because no page would
    be shown then.
    """
    for problem in check_static_files():
        raise ImproperlyConfigured(f"{problem.msg} {problem.hint}")
    pages: PageEnvironment = engines["jinja2"].env  # type: ignore[attr-defined] # of Django's Jinja2 backend
    for name in pages.list_templates():
        pages.get_template(name)
    _ = get_resolver().url_patterns
    if settings.OIDC_ISSUER:
        import_module("orders.accounts.sso")
    with translation.override(settings.LANGUAGE_CODE):
        translation.gettext("Order")
    locale = Locale.parse(settings.LANGUAGE_CODE, sep="-")
    _ = locale.datetime_skeletons, locale.currency_formats
