"""How the examples are shared out among the tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., object])

_TOTAL = "FUZZ_EXAMPLES"
USUAL_TOTAL = 2000


def is_search() -> bool:
    """Whether somebody looks for new examples, and says for how many."""
    return _TOTAL in os.environ


def share(of_all: float) -> Callable[[Test], Test]:
    """Give a test so much of all examples."""
    total = int(os.environ.get(_TOTAL, USUAL_TOTAL))

    def decorated(test: Test) -> Test:
        return settings(max_examples=max(1, round(total * of_all)))(test)

    return decorated
