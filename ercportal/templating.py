"""The Jinja2 environment of the portal's pages: escapes, translates, and links."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError
from jinja2.ext import Extension
from markupsafe import Markup, escape

from orders.core.localization import display, gettext, ngettext
from orders.presenters.dates import DateText
from orders.presenters.small_cache import cache_small

# htmx also swaps error responses in, runs no scripts, adds no styles, and caches no pages of orders.
_HTMX_CONFIG = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "[45]..", "swap": True, "error": True},
    ],
}

# About 6 kB each, and as much again for their arguments.
_MAX_CACHED_PIECES = 300
# Only texts without values.
_WORDS = re.compile(r"""\{\{\s*_\(("(?:[^"\\]|\\.)*")\)\s*\}\}""")


def _length(made: Markup, *_values: object) -> int:
    return len(made)


@cache_small(maxsize=_MAX_CACHED_PIECES, size=_length)
def _call_cached(macro: Callable[..., Markup], *values: Hashable) -> Markup:
    """Cache a macro's output by its arguments, compared in full; they must determine it completely."""
    return macro(*values)


def _text(message: str, **values: object) -> str:
    text = gettext(message)
    return text % values if values else text


def _count(singular: str, plural: str, num: int) -> str:
    return ngettext(singular, plural, num) % {"num": num}


_DIRECTION_MARKS = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def _unmark(text: str) -> str:
    """Remove direction marks, which disturb other programs, from a text for the clipboard."""
    return text if text.isascii() else text.translate(_DIRECTION_MARKS)


def _isolating(text: str) -> str:
    """Isolate a sentence's names by elements, not by characters, which a selection would copy."""
    if "\u2068" not in text:
        return text
    return Markup(str(escape(text)).replace("\u2068", "<bdi>").replace("\u2069", "</bdi>"))  # noqa: S704 - escaped


def _date_element(when: DateText) -> Markup:
    """Render a date, or its original text. A macro would make cards a tenth slower."""
    text = escape(when.text)
    html = f'<time datetime="{escape(when.iso)}">{text}</time>' if when.iso else f"<bdi>{text}</bdi>"
    return Markup(html)  # noqa: S704 - escaped


@lru_cache(maxsize=64)
def _address(_prefix: str, name: str) -> str:
    return reverse(name)


class _Worded(Extension):
    """Translates the texts of a template when it is compiled, so that pages need no look-ups."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return _WORDS.sub(_in_place, source)


def _in_place(found: re.Match[str]) -> str:
    text = str(escape(gettext(ast.literal_eval(found[1]))))
    if any(sign in text for sign in ("{{", "{%", "{#")):
        raise TemplateSyntaxError("a translation looks like a piece of a template", 1)
    return text


class PageEnvironment(Environment):
    """Templates by language, compiled at their first use."""

    def __init__(self, loader: BaseLoader) -> None:
        # An unknown name fails instead of printing nothing.
        self._options: dict[str, Any] = {
            "loader": loader,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": settings.DEBUG,
        }
        super().__init__(autoescape=True, **self._options)
        self._of_language: dict[str, Environment] = {}

    def get_template(self, *names: Any, **options: Any) -> Template:
        language = display().language
        if language not in self._of_language:
            worded = Environment(autoescape=True, extensions=[_Worded], **self._options)
            worded.globals = self.globals
            worded.filters = self.filters
            self._of_language[language] = worded
        return self._of_language[language].get_template(*names, **options)


def environment(**options: Any) -> PageEnvironment:
    """Build the environment for Django's settings; it uses only the loader of Django's options."""
    env = PageEnvironment(options["loader"])
    env.globals.update(
        {
            "_": _text,
            "ngettext": _count,
            "cached": _call_cached,
            # Names do not change while the process runs.
            "static": lru_cache(maxsize=256)(static),
            "url": lambda name: _address(get_script_prefix(), name),
            "language_code": lambda: display().language,
            "text_direction": lambda: "rtl" if display().is_from_the_right else "ltr",
            "languages": lambda: settings.LANGUAGES,
            "now": lambda: timezone.now().isoformat(),
            "htmx_config": json.dumps(_HTMX_CONFIG, separators=(",", ":")),
        }
    )
    env.filters.update({"date_element": _date_element, "isolating": _isolating, "unmarked": _unmark})
    return env
