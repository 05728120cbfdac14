from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.core.checks import check_shared_cache, check_static_files

LOCAL = "django.core.cache.backends.locmem.LocMemCache"
REDIS = "orders.core.redis_cache.RedisCache"


@pytest.mark.parametrize(
    ("backend", "workers", "told"),
    [
        (LOCAL, None, ["orders.W001"]),
        (LOCAL, "0", ["orders.W001"]),
        (LOCAL, "4", ["orders.W001"]),
        ("django.core.cache.backends.dummy.DummyCache", "2", ["orders.W001"]),
        (LOCAL, "1", []),
        (REDIS, None, []),
        (REDIS, "4", []),
    ],
)
def test_several_processes_that_share_no_cache_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, backend: str, workers: str | None, told: list[str]
) -> None:
    settings.CACHES = {"default": {"BACKEND": backend}}
    monkeypatch.delenv("WEB_WORKERS", raising=False)
    if workers:
        monkeypatch.setenv("WEB_WORKERS", workers)

    assert [message.id for message in check_shared_cache()] == told


def test_static_files_need_no_collecting_where_pages_take_them_from_their_sources() -> None:
    assert check_static_files() == []
