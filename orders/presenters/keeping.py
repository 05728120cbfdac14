"""Keeping what was made, by size as well as by number: one large text of many would fill a process's memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

_Maker = TypeVar("_Maker", bound=Callable[..., Any])

MAX_KEPT = 64_000
"""What is larger is not kept: characters or bytes."""


class _TooLarge(Exception):
    """Carries what was made past the cache, which keeps no exceptions."""

    def __init__(self, made: object) -> None:
        super().__init__()
        self.made = made


def cache_small(maxsize: int, size: Callable[..., int]) -> Callable[[_Maker], _Maker]:
    """Like `functools.lru_cache`, except that nothing is kept of which the `size` is large.

    The size is told of what was made and of what it was made of, because both are kept.
    """

    def decorated(make: _Maker) -> _Maker:
        @lru_cache(maxsize=maxsize)
        def remembered(*given: Hashable) -> object:
            made = make(*given)
            if size(made, *given) > MAX_KEPT:
                raise _TooLarge(made)
            return made

        def call(*given: Hashable) -> object:
            try:
                return remembered(*given)
            except _TooLarge as error:
                return error.made

        return cast("_Maker", call)

    return decorated
