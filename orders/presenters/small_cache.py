"""A cache of small values, because even a few large ones could fill a process's memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

_Maker = TypeVar("_Maker", bound=Callable[..., Any])

MAX_CACHED = 64_000
"""The largest cached value, in characters or bytes."""


class _TooLarge(Exception):
    """Carries a value past the cache, which stores no exceptions."""

    def __init__(self, made: object) -> None:
        super().__init__()
        self.made = made


def cache_small(maxsize: int, size: Callable[..., int]) -> Callable[[_Maker], _Maker]:
    """Like `functools.lru_cache`, except that large values are not cached.

    `size` gets the value and the arguments, because the cache holds both.
    """

    def decorate(make: _Maker) -> _Maker:
        @lru_cache(maxsize=maxsize)
        def wrapper(*given: Hashable) -> object:
            made = make(*given)
            if size(made, *given) > MAX_CACHED:
                raise _TooLarge(made)
            return made

        def call(*given: Hashable) -> object:
            try:
                return wrapper(*given)
            except _TooLarge as error:
                return error.made

        return cast("_Maker", call)

    return decorate
