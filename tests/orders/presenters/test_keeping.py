"""What is made is kept by its size as well."""

from __future__ import annotations

import pytest

from orders.presenters.keeping import MOST_KEPT, kept_where_small


@pytest.mark.parametrize(("length", "times"), [(1, 1), (MOST_KEPT, 1), (MOST_KEPT + 1, 2)])
def test_made_is_kept_where_it_is_small_and_else_made_again(length: int, times: int) -> None:
    made: list[int] = []

    @kept_where_small(maxsize=2, size=len)
    def make(count: int) -> str:
        made.append(count)
        return "x" * count

    assert make(length) == make(length) == "x" * length
    assert made == [length] * times


def test_made_fails_as_its_maker_does() -> None:
    @kept_where_small(maxsize=2, size=len)
    def make(_text: str) -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        make("a")
