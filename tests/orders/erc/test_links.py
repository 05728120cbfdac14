from __future__ import annotations

from typing import Any

import pytest

from orders.erc.links import next_cursor, next_value


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"next": {"href": "https://elsewhere.example/?page=2&cursor=a%2B"}}, ("a+", False)),
        ({"next": {"href": "?page=2"}}, (None, True)),
        ({"next": {"href": "  "}}, (None, False)),
        (None, (None, False)),
    ],
)
def test_cursor_is_taken_and_a_link_without_one_is_unusable(links: Any, expected: tuple[str | None, bool]) -> None:
    assert next_cursor(links) == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"next": {"href": "?page=2&cursor=a"}}, ("2", True)),
        ({"next": {"href": "?cursor=a"}}, (None, True)),
        ({"next": 7}, (None, True)),
        ({"next": {}}, (None, False)),
        ([], (None, False)),
    ],
)
def test_other_value_of_the_link_is_found_by_its_name(links: Any, expected: tuple[str | None, bool]) -> None:
    assert next_value(links, "page") == expected
