"""A page of many items stays small, although each item has all that is known of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.benchmarks.items_page import drawn, listed, presented, weigh


def test_page_of_20_items_with_two_deliveries_each_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 27, 12, tzinfo=UTC))

    html = drawn(presented(listed(0)))

    plain, gzipped = weigh(html)
    print(f"{plain} bytes, {gzipped} gzipped")  # noqa: T201 - a measure
    assert html.count("data-delivery-id") == 40
    assert plain < 115_000
    assert gzipped < 11_750
