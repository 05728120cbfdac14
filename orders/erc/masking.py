"""Hides secrets in texts of other systems, however they are spelled there.

An upstream may echo a credential in capitals, escaped for JSON, HTML or an address, even several times over, split
into lines, or inside Base64. So the search compares texts without escapes, blanks and case, and hides the matching
part of the original.
"""

from __future__ import annotations

import base64
import html
import json
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

HIDDEN = "…"
"""Replaces a credential."""

# Every text holds some spelling of a shorter secret; such a secret is found only as it is.
_MIN_LENGTH = 6
# How often a secret may be escaped: a link within JSON within HTML.
_MAX_DEPTH = 3
_KINDS = (
    r"(?:%[0-9A-Fa-f]{2})+",
    r"(?:\\[uU][0-9A-Fa-f]{4})+|\\[xX][0-9A-Fa-f]{2}|\\[ntrbfv0\"'/\\]",
    r"&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?",
)
# All kinds at once, and each alone: an escape of one kind may be a plain part of the secret in another.
_QUOTINGS = tuple(map(re.compile, ("|".join(_KINDS), *_KINDS)))
# What each of them begins with.
_QUOTE = re.compile(r"[%\\&]")
# What may split a text besides blanks: control characters, zero-width marks, line breaks of HTML.
_SPLITTER = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|<w?br\s{0,9}/?>"
)
_ODD = re.compile(_SPLITTER, re.IGNORECASE)
_IN_BETWEEN = re.compile(rf"(?:\s|{_SPLITTER})+", re.IGNORECASE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

_Put: TypeAlias = Callable[[str], str]


def mask(text: str, secrets: Iterable[str]) -> str:
    """Replace each secret in the text by `HIDDEN`, in linear time."""
    sought = _sought(tuple(secrets))
    if len(text) < sought.shortest:
        # Without escapes and blanks it is shorter still. Most texts of a log are that short.
        return text
    for secret in sought.known:
        text = text.replace(secret, HIDDEN)
    readings = {text: _Reading(text)}
    for quoting in _QUOTINGS if _QUOTE.search(text) else ():
        reading = readings[text]
        for _ in range(_MAX_DEPTH):
            if not quoting.search(reading.text):
                break
            reading = reading.without(quoting, _plain)
            reading = readings.setdefault(reading.text, reading)
    return _with_holes(text, [span for one in readings.values() for span in _spans(one, sought.needles)])


class _Sought(NamedTuple):
    """The secrets as they are, the skeletons of all their spellings, and the length of the shortest of both."""

    known: tuple[str, ...]
    needles: tuple[str, ...]
    shortest: float


class _Change(NamedTuple):
    """Maps `begin` to `end` of a reading to `old_begin` to `old_end` of the one before."""

    begin: int
    end: int
    old_begin: int
    old_end: int


class _Reading:
    """A text, and the replacements that made it of the text before; they map its places back."""

    def __init__(
        self, text: str, before: _Reading | None = None, pattern: re.Pattern[str] = _IN_BETWEEN, put: _Put = str
    ) -> None:
        self.text = text
        self._before, self._pattern, self._put = before, pattern, put

    def without(self, pattern: re.Pattern[str], put: _Put) -> _Reading:
        """Replace each match of the pattern by `put` of it."""
        return _Reading(pattern.sub(lambda part: put(part[0]), self.text), self, pattern, put)

    @cached_property
    def _changes(self) -> list[_Change]:
        # Computed only once a secret was found, which is rare: a long text has many changes.
        changes: list[_Change] = []
        grown = 0
        for part in self._pattern.finditer(self._before.text if self._before else ""):
            begin = part.start() + grown
            end = begin + len(self._put(part[0]))
            grown = end - part.end()
            changes.append(_Change(begin, end, part.start(), part.end()))
        return changes

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Map a part of the reading to the original text."""
        if self._before is None:
            return begin, end
        return self._before.place(self._old(begin)[0], self._old(end - 1)[1])

    def _old(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._changes, at, key=lambda change: change.begin) - 1
        if index < 0:
            return at, at + 1
        change = self._changes[index]
        if at < change.end:
            return change.old_begin, change.old_end
        old = change.old_end + at - change.end
        return old, old + 1


def _spans(reading: _Reading, needles: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Find the secrets in the original text."""
    skeleton = _skeleton(reading.text)
    hits = [needle for needle in needles if needle in skeleton]
    if not hits:
        return
    bare = reading.without(_IN_BETWEEN, lambda _blank: "")
    for needle in hits:
        at = skeleton.find(needle)
        while at >= 0:
            yield bare.place(at, at + len(needle))
            at = skeleton.find(needle, at + len(needle))


def _with_holes(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for begin, end in sorted(spans):
        if begin >= done:
            pieces += text[done:begin], HIDDEN
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _skeleton(text: str) -> str:
    """Remove blanks and capitals for the comparison; the length is that without blanks."""
    bare = _IN_BETWEEN.sub("", text) if _ODD.search(text) else "".join(text.split())
    lower = bare.lower()
    # A few capitals, such as İ, become two characters.
    return lower if len(lower) == len(bare) else bare.translate(_LOWER)


def _plain(quoted: str) -> str:
    kind = quoted[:2]
    if kind[0] == "%":
        return bytes.fromhex(quoted.replace("%", "")).decode("utf-8", "replace")
    if kind == "&#":
        return html.unescape(quoted)
    if kind[0] == "&":
        return html.unescape(quoted.lower())
    if kind in {"\\u", "\\U"}:
        return str(json.loads(f'"{quoted.lower()}"'))
    if kind in {"\\x", "\\X"}:
        return chr(int(quoted[2:], 16))
    return _ESCAPES.get(kind[1], kind[1])


@lru_cache(maxsize=64)
def _sought(secrets: tuple[str, ...]) -> _Sought:
    # The longest first, so that nothing stays of a secret that contains another.
    known = tuple(sorted({secret for secret in secrets if secret}, key=lambda secret: (-len(secret), secret)))
    needles = _needles(known)
    return _Sought(known, needles, min(map(len, (*known, *needles)), default=math.inf))


def _needles(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Give the skeletons of all spellings of the secrets, the longest first."""
    spelled = (form for secret in secrets if len(secret) >= _MIN_LENGTH for form in _forms(secret))
    found = {skeleton for form in spelled if len(skeleton := _skeleton(form)) >= _MIN_LENGTH}
    return tuple(sorted(found, key=len, reverse=True))


def _forms(secret: str) -> Iterator[str]:
    yield secret
    # Form encoding writes a blank as a plus, which no escape tells from a real plus.
    yield secret.replace(" ", "+")
    yield from _in_base64(secret)


def _in_base64(secret: str) -> Iterator[str]:
    """Give the secret's own part of a Base64 text; it depends on its offset in a group of three bytes."""
    content = secret.encode("utf-8", "replace")
    for before in range(3):
        is_cut = (before + len(content)) % 3 > 0
        encoded = base64.b64encode(bytes(before) + content).decode("ascii").rstrip("=")
        own = encoded[before + 1 if before else 0 : -1 if is_cut else None]
        yield own
        yield own.translate({ord("+"): "-", ord("/"): "_"})
