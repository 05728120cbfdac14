"""What /readyz says, and that /healthz asks nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import cast

import environ
import pytest
from django.core.cache import BaseCache, cache
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from ercportal import readiness
from ercportal.databases import DatabaseLimits, limit_database
from ercportal.postgresql.base import DatabaseWrapper
from orders.core.redis_cache import RedisCache
from tests.support.faults import LOOKUP
from tests.support.pages import soup
from tests.support.postgres_server import Postgres, needs_postgres
from tests.support.redis_server import Redis, needs_redis, site_cache
from tests.support.staff import staff
from tests.support.stub_erc import StubErc

_LIMITS = DatabaseLimits(wait_seconds=3, answer_seconds=5, connections=16)


def of(backend: BaseCache) -> RedisCache:
    """The shared cache, known for what it is."""
    return cast("RedisCache", backend)


@pytest.fixture
def shared(redis: Redis, settings: Settings) -> Redis:
    """The portal's own cache is in that server."""
    settings.CACHES = {"default": site_cache(redis.url)}
    return redis


def test_health_asks_no_database_whoever_is_signed_in(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = browser.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_probe_serves_everybody_for_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def works() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(readiness, "_database_works", works)

    found = [readiness.readiness() for _ in range(5)]

    assert len(set(found)) == 1
    assert len(asked) == 1


def test_probe_that_takes_long_blocks_no_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over = Event(), Event()
    monkeypatch.setattr(readiness, "_MAX_WAIT_SECONDS", 0.01)

    def works() -> bool:
        begun.set()
        return over.wait(30)

    monkeypatch.setattr(readiness, "_database_works", works)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(readiness.readiness)
        begun.wait(30)
        meanwhile = client.get("/readyz")
        over.set()

    assert (meanwhile.status_code, meanwhile.content) == (503, b"not ready: no answer yet\n")
    assert first.result() == ((), ())
    assert client.get("/readyz").content == b"ok\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The portal's own database is that file."""
    path = tmp_path / "portal.sqlite3"
    config = limit_database(environ.Env.db_url_config(f"sqlite:///{path}"), _LIMITS)
    config["OPTIONS"]["timeout"] = 0.1
    with django_db_blocker.unblock():
        own = connections.create_connection("default")
        other = type(own)({**own.settings_dict, **config}, "default")
        other.ensure_connection()
        monkeypatch.setattr(readiness, "connection", other)
        monkeypatch.setattr("django.db.transaction.get_connection", lambda _using=None: other)
        yield path
        other.close()


def test_file_that_another_process_writes_is_not_ready(client: Client, file: Path) -> None:
    before = readiness._database_works()
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    meanwhile = client.get("/readyz")
    writer.execute("ROLLBACK")
    after = readiness._database_works()
    writer.close()

    assert (before, after) == (True, True)
    assert (meanwhile.status_code, meanwhile.content) == (503, b"not ready: database\n")


@needs_postgres
def test_postgresql_that_only_reads_is_not_ready(
    monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    with Postgres() as server, django_db_blocker.unblock():
        url = f"{server.url}?options=-c%20default_transaction_read_only%3Don"
        found = []
        for address in (server.url, url):
            handler = type(connections)(
                {"default": {}, "other": limit_database(environ.Env.db_url_config(address), _LIMITS)}
            )
            monkeypatch.setattr(readiness, "connection", handler["other"])
            found.append(readiness._database_works())
            handler["other"].close()
            cast("DatabaseWrapper", handler["other"]).close_pool()

    assert found == [True, False]


@needs_redis
@pytest.mark.django_db
def test_frozen_cache_is_named(client: Client, shared: Redis) -> None:
    shared.freeze()
    response = client.get("/readyz")
    shared.thaw()

    assert (response.status_code, response.content) == (503, b"not ready: cache\n")


@needs_redis
def test_readiness_that_is_asked_for_lets_no_look_up_wait_for_a_lost_cache(
    browser: Client, erc: StubErc, shared: Redis
) -> None:
    shared.freeze()
    browser.get("/orders/", LOOKUP)
    health = of(cache)._health

    browser.get("/readyz")
    asked = health.try_to(lambda: "asked", "not asked")
    shared.thaw()

    assert asked == "not asked"


@needs_redis
@pytest.mark.django_db
def test_nearly_full_cache_is_told_before_it_is_full(client: Client, shared: Redis) -> None:
    well = client.get("/readyz").content, soup(staff("supervisor").get("/admin/")).select(".messagelist")
    shared.fill(0.9)
    readiness.findings.cache_clear()
    of(cache)._health._bytes_left = 0

    ready = client.get("/readyz")
    [told] = soup(staff("engineer").get("/admin/")).select(".messagelist .warning")

    assert well == (b"ok\n", [])
    assert ready.status_code == 200
    assert ready.content.startswith(b"ok\nwarning: The shared cache is ")
    assert "% full" in told.get_text()
