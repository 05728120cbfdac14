"""What is made is kept by its size as well."""

from __future__ import annotations

import pytest

from orders.presenters.keeping import MOST_KEPT, is_large, kept_where_small


def test_made_is_kept_where_it_is_small() -> None:
    made: list[str] = []

    @kept_where_small(maxsize=2)
    def make(text: str) -> tuple[str]:
        made.append(text)
        return (text,)

    assert make("a") is make("a")
    assert made == ["a"]


@pytest.mark.parametrize("text", ["x" * MOST_KEPT, "x" * (MOST_KEPT // 2 + 1)])
def test_made_is_given_and_not_kept_where_it_is_large_with_what_it_is_of(text: str) -> None:
    made: list[int] = []

    @kept_where_small(maxsize=2)
    def make(text: str) -> str:
        made.append(len(text))
        return text

    assert make(text) == make(text) == text
    assert made == [len(text)] * 2


def test_made_fails_as_its_maker_does() -> None:
    @kept_where_small(maxsize=2)
    def make(_text: str) -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        make("a")


@pytest.mark.parametrize(
    ("value", "large"),
    [
        ("x" * 60_000, False),
        ("x" * 64_000, True),
        (("x" * 30_000, ("x" * 30_000,)), False),
        (("x" * 32_000, ("x" * 32_000,)), True),
        ((None, 1) * 700, True),
        ((None, 1) * 600, False),
    ],
)
def test_size_is_that_of_all_that_is_held(value: object, large: bool) -> None:
    assert is_large(value) is large
