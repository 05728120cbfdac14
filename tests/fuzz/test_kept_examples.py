"""What was found once is found no more."""

from __future__ import annotations

import pytest

from orders.erc.decode import decode_items_page
from tests.fuzz.invariants.pages import require_good_page
from tests.fuzz.kept_examples import KEPT, Kept
from tests.fuzz.surfaces import LANGUAGES, Desk, Reader


@pytest.mark.parametrize("kept", KEPT, ids=[kept.name for kept in KEPT])
def test_kept_example_makes_a_good_page_in_every_language(desk: Desk, kept: Kept) -> None:
    for language in LANGUAGES:
        reader = Reader(language, "America/Los_Angeles")
        desk.sit_down(reader)

        with desk.upstream.serving(lambda _cursor: kept.body):
            shown = desk.look_up()

        require_good_page(shown, reader)


@pytest.mark.parametrize("kept", KEPT, ids=[kept.name for kept in KEPT])
def test_kept_example_is_read_the_same_again(kept: Kept) -> None:
    assert decode_items_page(kept.body, is_checked=True) == decode_items_page(kept.body)
