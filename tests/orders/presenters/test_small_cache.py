"""What is made is kept by its size as well."""

from __future__ import annotations

import pytest

from orders.presenters.small_cache import MAX_CACHED, cache_small


@pytest.mark.parametrize(("length", "times"), [(1, 1), (MAX_CACHED, 1), (MAX_CACHED + 1, 2)])
def test_value_is_cached_where_it_is_small_and_else_made_again(length: int, times: int) -> None:
    made: list[int] = []

    @cache_small(maxsize=2, size=lambda text, _count: len(text))
    def make(count: int) -> str:
        made.append(count)
        return "x" * count

    assert make(length) == make(length) == "x" * length
    assert made == [length] * times


def test_made_fails_as_its_maker_does() -> None:
    @cache_small(maxsize=2, size=lambda *_: 0)
    def make(_text: str) -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        make("a")


@pytest.mark.parametrize(("length", "times"), [(MAX_CACHED, 1), (MAX_CACHED + 1, 2)])
def test_what_something_is_made_of_counts_as_well(length: int, times: int) -> None:
    made: list[str] = []

    @cache_small(maxsize=2, size=lambda short, text: len(short) - 1 + len(text))
    def make(text: str) -> str:
        made.append(text)
        return "x"

    assert make("y" * length) == make("y" * length) == "x"
    assert len(made) == times
