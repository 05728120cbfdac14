from __future__ import annotations

import pytest

from orders.erc.query import has_dot_segment, is_usable_id

CLIMBING = [
    ".",
    "..",
    "../x",
    "x/..",
    "a/../b",
    "a/./b",
    "./a",
    "/..",
    "../../C-2/orders/O-1",
    "..\\C-2",
    "a\\..\\b",
    "a\\.",
    "%2e",
    "%2E%2e",
    "..%2F",
    "%2e%2e%2fC-2",
    "x%2F..%2Fy",
    "x%5C..%5Cy",
    ".%2e/x",
    "%2e./x",
    "a%/../b",
]
OPAQUE = [
    "a/b#c?d%é",
    "a..b",
    "...",
    "..a",
    "a..",
    "a/...",
    "a/..b/c",
    "a%2Fb",
    "a\\b",
    "100%",
    "%",
    "%zz",
    "%ff",
    "%252e%252e%252f",
    "//",
    ". .",
    "…",
]


@pytest.mark.parametrize("text", CLIMBING)
def test_id_with_a_dot_segment_is_not_usable(text: str) -> None:
    assert has_dot_segment(text)
    assert not is_usable_id(text)


@pytest.mark.parametrize("text", OPAQUE)
def test_id_without_a_dot_segment_is_opaque(text: str) -> None:
    assert not has_dot_segment(text)
    assert is_usable_id(text)


@pytest.mark.parametrize("text", ["", "a\nb", "a\0b", "\u202e", "\ud800", "x" * 513])
def test_id_that_no_address_can_hold_is_not_usable(text: str) -> None:
    assert not is_usable_id(text)


def test_longest_id_is_usable() -> None:
    assert is_usable_id("x" * 512)
