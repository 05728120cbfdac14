"""Finds secrets in what somebody else has written, however they are spelled there, and hides them.

An upstream may echo a credential in capitals, in the quoting of JSON, HTML or an address, quoted several times
over, split into lines, or as Base64 of something that holds it. So the text is read without its quoting, blanks
and case, and what stands for the secret there is hidden where it came from.
"""

from __future__ import annotations

import base64
import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

HIDDEN = "…"
"""Stands where a credential was."""

# Anything shorter stands in every text, in some spelling; it is known only as it is.
_MIN_LENGTH = 6
# Quoted three times: a link within JSON within HTML.
_MAX_DEPTH = 3
_KINDS = (
    r"(?:%[0-9A-Fa-f]{2})+",
    r"(?:\\[uU][0-9A-Fa-f]{4})+|\\[xX][0-9A-Fa-f]{2}|\\[ntrbfv0\"'/\\]",
    r"&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?",
)
# All kinds at once, and each alone: what is quoting in one kind may be the secret's own sign in another.
_QUOTINGS = tuple(map(re.compile, ("|".join(_KINDS), *_KINDS)))
# What a text can be split with besides blanks: controls, marks without width, breaks of HTML.
_SPLITTER = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|<w?br\s{0,9}/?>"
)
_ODD = re.compile(_SPLITTER, re.IGNORECASE)
_IN_BETWEEN = re.compile(rf"(?:\s|{_SPLITTER})+", re.IGNORECASE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

_Put: TypeAlias = Callable[[str], str]


def mask(text: str, secrets: Iterable[str]) -> str:
    """The text with `HIDDEN` for each of these secrets; in time that grows with its length."""
    # The longest first: of a secret that holds another, nothing may stay.
    known = tuple(sorted({secret for secret in secrets if secret}, key=lambda secret: (-len(secret), secret)))
    for secret in known:
        text = text.replace(secret, HIDDEN)
    needles = _needles(known)
    readings = {text: _Reading(text)}
    for quoting in _QUOTINGS:
        reading = readings[text]
        for _ in range(_MAX_DEPTH):
            if not quoting.search(reading.text):
                break
            reading = reading.without(quoting, _plain)
            reading = readings.setdefault(reading.text, reading)
    return _with_holes(text, [span for one in readings.values() for span in _spans(one, needles)])


class _Change(NamedTuple):
    """What stands from `begin` to `end` in a reading stood from `old_begin` to `old_end` in the one before."""

    begin: int
    end: int
    old_begin: int
    old_end: int


class _Reading:
    """A text, and how the places in it are found again in the one that it was made of.

    It was made by putting something else for each part that fits the pattern.
    """

    def __init__(
        self, text: str, before: _Reading | None = None, pattern: re.Pattern[str] = _IN_BETWEEN, put: _Put = str
    ) -> None:
        self.text = text
        self._before, self._pattern, self._put = before, pattern, put

    def without(self, pattern: re.Pattern[str], put: _Put) -> _Reading:
        """This reading with what `put` makes of each part that fits the pattern."""
        return _Reading(pattern.sub(lambda part: put(part[0]), self.text), self, pattern, put)

    @cached_property
    def _changes(self) -> list[_Change]:
        # Only where a secret was found, which is rare: a long text has many.
        changes: list[_Change] = []
        grown = 0
        for part in self._pattern.finditer(self._before.text if self._before else ""):
            begin = part.start() + grown
            end = begin + len(self._put(part[0]))
            grown = end - part.end()
            changes.append(_Change(begin, end, part.start(), part.end()))
        return changes

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where this part of the reading stands in the first text."""
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
    """Where the secrets stand in the first text."""
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
    """What is compared: no blanks, no capitals, and as many characters as without blanks alone."""
    bare = _IN_BETWEEN.sub("", text) if _ODD.search(text) else "".join(text.split())
    lower = bare.lower()
    # A few capitals, such as İ, are two characters when they are small.
    return lower if len(lower) == len(bare) else bare.translate(_LOWER)


def _plain(quoted: str) -> str:
    """What a quoted part of a text stands for."""
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
def _needles(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """What of a skeleton stands for one of the secrets, each of which is the longest way to know it."""
    spelled = (form for secret in secrets if len(secret) >= _MIN_LENGTH for form in _forms(secret))
    found = {skeleton for form in spelled if len(skeleton := _skeleton(form)) >= _MIN_LENGTH}
    return tuple(sorted(found, key=len, reverse=True))


def _forms(secret: str) -> Iterator[str]:
    yield secret
    # A form in an address has this for a blank, and no quoting tells it from a plus.
    yield secret.replace(" ", "+")
    yield from _in_base64(secret)


def _in_base64(secret: str) -> Iterator[str]:
    """The secret's own part of a Base64 text, which depends on where in its group of three bytes it begins."""
    content = secret.encode("utf-8", "replace")
    for before in range(3):
        is_cut = (before + len(content)) % 3 > 0
        encoded = base64.b64encode(bytes(before) + content).decode("ascii").rstrip("=")
        own = encoded[before + 1 if before else 0 : -1 if is_cut else None]
        yield own
        yield own.translate({ord("+"): "-", ord("/"): "_"})
