"""The Jinja2 environment of the portal's pages: escapes everything, translates, and knows a few addresses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Build the environment; a template that prints an unknown name fails instead of printing nothing."""
    env = Environment(
        autoescape=True,
        loader=options["loader"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=settings.DEBUG,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined] # added by the i18n extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        static=static,
        url=reverse,
        language_code=translation.get_language,
        text_direction=lambda: "rtl" if translation.get_language_bidi() else "ltr",
        languages=lambda: settings.LANGUAGES,
    )
    return env
