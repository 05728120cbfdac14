from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from ercportal.caches import limit_cache


def test_redis_has_the_portals_backend_and_the_limit_in_place_of_what_its_address_names() -> None:
    config = limit_cache(
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "OPTIONS": {"socket_timeout": 9, "db": 3}}, 0.5
    )

    assert config["BACKEND"] == "orders.core.redis_cache.RedisCache"
    assert (config["OPTIONS"]["socket_timeout"], config["OPTIONS"]["socket_connect_timeout"]) == (0.5, 0.5)
    assert config["OPTIONS"]["db"] == 3


def test_local_memory_has_a_limit_of_entries_unless_its_address_names_one() -> None:
    backend: dict[str, Any] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

    limited = limit_cache(backend, 0.5)
    chosen = limit_cache({**backend, "OPTIONS": {"MAX_ENTRIES": 9}}, 0.5)

    assert (limited["OPTIONS"]["MAX_ENTRIES"], chosen["OPTIONS"]["MAX_ENTRIES"]) == (500, 9)


def test_cache_that_stores_pickles_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        limit_cache({"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}, 0.5)
