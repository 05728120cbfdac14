"""The Jinja2 environment of the portal's pages: escapes everything, translates, and knows a few addresses."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from orders.presenters import display

# About 6 kB each, and as much again for what they were made of.
_KEPT_PIECES = 1000


@lru_cache(maxsize=_KEPT_PIECES)
def _kept(macro: Callable[..., Markup], *values: Hashable) -> Markup:
    """What a macro makes of values that say everything: made once, as long as nobody needs the place.

    The values are compared as a whole, so that nothing can be shown for what is not its equal.
    """
    return macro(*values)


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
        display.gettext,
        display.ngettext,
        newstyle=True,
    )
    env.globals.update(
        static=static,
        url=reverse,
        language_code=lambda: display.display().language,
        kept=_kept,
        text_direction=lambda: "rtl" if translation.get_language_bidi() else "ltr",
        languages=lambda: settings.LANGUAGES,
    )
    return env
