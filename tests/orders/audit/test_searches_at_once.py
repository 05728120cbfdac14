"""Searches of one agent at once, from several threads on a real database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from orders.audit.access_log import Viewer
from orders.audit.searches import SearchLimited, Sought, start_search
from orders.models import AccessKind, AccessLogEntry, Surface

pytestmark = pytest.mark.slow


def is_let_through(number: int) -> bool:
    viewer = Viewer(Surface.PORTAL, "eve", "10.0.0.1")
    try:
        start_search(viewer, Sought(AccessKind.SEARCH_NAME, f"name {number}"), f"correlation-{number}")
    except SearchLimited:
        return False
    finally:
        connection.close()
    return True


def test_searches_at_once_do_not_pass_the_limit(transactional_db: None, settings: Settings) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite is in memory, one for each thread")
    settings.SEARCH_LIMIT = 20

    with ThreadPoolExecutor(16) as pool:
        passed = sum(pool.map(is_let_through, range(100)))

    # A row that was not yet committed as another counted may let one more through for each thread.
    assert 20 <= passed <= 22
    assert AccessLogEntry.objects.filter(outcome="limited").count() == 100 - passed
