"""What stays in a process after an answer is gone: bounded, whatever the answer was."""

from __future__ import annotations

import functools
import gc
from typing import Any

from django.core.cache import cache

from orders.erc.schema import Item
from orders.presenters.small_cache import MAX_CACHED

_OURS = ("orders.", "ercportal.")
MAX_ANSWER = 1_100_000


def require_nothing_large_is_kept() -> None:
    """Neither one thing of an answer in the caches of the process, nor an answer in the portal's cache."""
    for found in _caches():
        # Keys and results one by one; the dict is the cache's own, with all of the keys once more.
        for one in gc.get_referents(found):
            size = 0 if type(one) is dict else characters_of(one)
            assert size <= MAX_CACHED, f"{found.__module__}.{found.__qualname__} keeps {size} characters"
    stored: dict[str, Any] = getattr(cache, "_cache", {})
    assert all(len(value) <= MAX_ANSWER for value in stored.values())


@functools.cache
def _caches() -> tuple[Any, ...]:
    """Those of the portal's own modules, which are all loaded by the time that a page is made."""
    kind = functools._lru_cache_wrapper
    return tuple(one for one in gc.get_objects() if type(one) is kind and str(one.__module__).startswith(_OURS))


def characters_of(value: object) -> int:
    """The characters in a value that came from an answer, or was made of one."""
    total, left = 0, [value]
    while left:
        one = left.pop()
        if isinstance(one, str | bytes):
            total += len(one)
        elif isinstance(one, tuple | list):
            left.extend(one)
        elif isinstance(one, dict):
            left.extend((*one.keys(), *one.values()))
        elif isinstance(one, Item) or type(one).__module__.startswith(_OURS):
            left.extend(
                getattr(one, name) for name in getattr(one, "__struct_fields__", getattr(one, "__slots__", ()))
            )
    return total
