"""The Jinja2 environment of the portal's pages: escapes everything, translates, and knows a few addresses."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ercportal.bundles import bundled
from orders.presenters.display import display, gettext, ngettext

# About 6 kB each, and as much again for what they were made of.
_KEPT_PIECES = 300


@lru_cache(maxsize=_KEPT_PIECES)
def _kept(macro: Callable[..., Markup], *values: Hashable) -> Markup:
    """What a macro makes of values that say everything: made once, as long as nobody needs the place.

    The values are compared as a whole, so that nothing can be shown for what is not its equal.
    """
    return macro(*values)


def _text(message: str, **values: object) -> str:
    text = gettext(message)
    return text % values if values else text


def _counted(singular: str, plural: str, num: int) -> str:
    return ngettext(singular, plural, num) % {"num": num}


@lru_cache(maxsize=64)
def _address(_prefix: str, name: str) -> str:
    return reverse(name)


def environment(**options: Any) -> Environment:
    """Build the environment; a template that prints an unknown name fails instead of printing nothing."""
    env = Environment(
        autoescape=True,
        loader=options["loader"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )
    env.globals.update(
        {
            "_": _text,
            "ngettext": _counted,
            "kept": _kept,
            "bundled": bundled,
            # Each name leads to one file as long as the process runs.
            "static": lru_cache(maxsize=256)(static),
            "url": lambda name: _address(get_script_prefix(), name),
            "language_code": lambda: display().language,
            "text_direction": lambda: "rtl" if display().is_from_the_right else "ltr",
            "languages": lambda: settings.LANGUAGES,
        }
    )
    return env
