"""Converts descriptions in HTML to the text that a browser would show."""

from __future__ import annotations

import html
import re

import nh3

# Elements that separate words, because a browser breaks the line or leaves a gap.
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    }
)
# Elements whose content is never shown.
_UNSEEN = frozenset(
    {
        *("head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea"),
        "title",
    }
)
_OTHERS = frozenset(
    {
        *("a", "abbr", "area", "audio", "b", "base", "bdi", "bdo", "big", "body", "button", "center", "cite"),
        *("code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font", "html", "i"),
        *("img", "input", "ins", "kbd", "label", "legend", "link", "map", "mark", "meta", "optgroup"),
        *("option", "param", "picture", "q", "s", "samp", "select", "small", "source", "span", "strike"),
        *("strong", "sub", "sup", "time", "track", "tt", "u", "var", "video", "wbr"),
    }
)
_ELEMENTS = _BLOCKS | _UNSEEN | _OTHERS
# The start of a tag or a comment. Text processors paste names with a colon.
_OPENING = re.compile(r"<(?:/?([a-z][a-z0-9:-]*)|!--)", re.IGNORECASE)
# Only with a semicolon: “Pen&notebook” contains no “¬”.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
# Deeply nested elements would take the parser long, and no description has such a length.
_MAX_LENGTH = 20_000


def without_markup(text: str) -> str:
    """Remove the markup of a text that may be HTML, or HTML escaped once more; unescape entities once."""
    if "<" not in text and "&" not in text:
        return text
    if _has_markup(text):
        return _words(text)
    words = unescape(text)
    return _words(words) if _has_markup(words) else words


def unescape(text: str) -> str:
    """Unescape the entities of a text once."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _has_markup(text: str) -> bool:
    return any(map(_is_markup, _OPENING.finditer(text)))


def _is_markup(found: re.Match[str]) -> bool:
    """Whether a browser knows the element; other angle brackets, such as a size <M>, are text."""
    name = found[1]
    return name is None or ":" in name or name.lower() in _ELEMENTS


def _words(text: str) -> str:
    kept = _OPENING.sub(lambda found: found[0] if _is_markup(found) else f"&lt;{found[0][1:]}", text[:_MAX_LENGTH])
    # Leaves these tags without attributes, and escapes every other bracket.
    blocks = nh3.clean(kept, tags=set(_BLOCKS), clean_content_tags=set(_UNSEEN), attributes={}, link_rel=None)
    words = html.unescape(re.sub(r"<[^<>]*>", " ", blocks))
    return words if len(text) <= _MAX_LENGTH else f"{words} …"
