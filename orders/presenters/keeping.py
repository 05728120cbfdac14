"""Keeping what was made, by size as well as by number: one large text of many would fill a process's memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

MOST_KEPT = 64_000
"""No more characters than this are kept of one thing, with what it was made of."""

# What a value costs beside its characters.
_EACH = 50


class _TooLarge(Exception):
    """Carries what was made past the cache, which keeps no exceptions."""

    def __init__(self, made: object) -> None:
        super().__init__()
        self.made = made


def kept_where_small(maxsize: int) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Like `functools.lru_cache`, except that nothing large is kept."""

    def decorated(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        @lru_cache(maxsize=maxsize)
        def remembered(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            made = make(*given, **named)
            if is_large((made, given, tuple(named.values()))):
                raise _TooLarge(made)
            return made

        def call(*given: _Given.args, **named: _Given.kwargs) -> _Made:
            try:
                return remembered(*given, **named)
            except _TooLarge as error:
                return error.made  # type: ignore[return-value]

        call.cache_info = remembered.cache_info  # type: ignore[attr-defined]
        return call

    return decorated


def is_large(value: object) -> bool:
    """Whether there are more than so many characters in a value and in all that it holds."""
    left = MOST_KEPT
    values = [value]
    while values and left >= 0:
        one = values.pop()
        left -= _EACH
        if isinstance(one, str):
            left -= len(one)
        elif isinstance(one, tuple):
            values.extend(one)
    return left < 0
