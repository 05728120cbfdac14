"""What a process of the portal makes once, from its settings, and then holds; each test begins without it."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import Any


def forget() -> None:
    """Let the portal make all of it anew when it is next asked for."""
    for function in _made_once(len(sys.modules)):
        function.cache_clear()


@functools.cache
def _made_once(_loaded: int) -> tuple[functools._lru_cache_wrapper[Any], ...]:
    """The cached functions that take no arguments, in those modules of the portal that are loaded by now."""
    modules = [module for name, module in sys.modules.items() if name.startswith(("orders.", "ercportal."))]
    values = [value for module in modules for value in vars(module).values()]
    cached = [value for value in values if isinstance(value, functools._lru_cache_wrapper)]
    return tuple({value for value in cached if not inspect.signature(value).parameters})
