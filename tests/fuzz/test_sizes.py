"""Answers that are too much: what of them is shown, what is kept, and what they cost, has its bounds."""

from __future__ import annotations

import tracemalloc
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orders.erc.deadline import Deadline
from orders.erc.decode import decode_items_page
from tests.fuzz.budget import share
from tests.fuzz.invariants.counting import require_all_counted
from tests.fuzz.invariants.kept import require_nothing_large_is_kept
from tests.fuzz.invariants.pages import require_good_page
from tests.fuzz.json_text import written
from tests.fuzz.pages import pages
from tests.fuzz.sizes import Outsized, outsized, page_of
from tests.fuzz.surfaces import Desk, Reader, readers

PER_BYTE = 60
AT_LEAST = 20_000_000
"""So much memory an answer may take while its page is made, for each of its bytes and in all."""


class Closing(Deadline):
    """A deadline that passes when somebody has looked at it so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__(3600)
        self._looks = looks

    @property
    def has_passed(self) -> bool:
        """Whether it was looked at often enough."""
        self._looks -= 1
        return self._looks < 0


@share(0.02)
@given(outsized(100_000), readers)
def test_answer_that_is_too_much_is_shown_within_bounds(desk: Desk, outsize: Outsized, reader: Reader) -> None:
    body = written(outsize.page()).encode()
    desk.sit_down(reader)
    with desk.upstream.serving(lambda _cursor: body):
        tracemalloc.start()
        shown = desk.look_up()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    require_good_page(shown, reader)
    require_nothing_large_is_kept()
    assert peak < AT_LEAST + PER_BYTE * len(body)


@share(0.05)
@given(pages(most=2), st.integers(0, 120), st.integers(0, 300))
def test_what_comes_after_the_deadline_is_counted(page: Any, looks: int, copies: int) -> None:
    entries = (page["_embedded"]["items"] or [None]) * copies

    found = decode_items_page(written(page_of(entries)).encode(), deadline=Closing(looks))

    require_all_counted(found, len(entries))
    assert found.items_beyond == max(0, len(entries) - 100 - looks)
