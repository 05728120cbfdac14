"""Migrations go forward with rows in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from orders.models import AccessLogEntry, Pin, pin_digest
from tests.support.log_rows import entry, fields

BEFORE = ("orders", "0005_exchange_views")


def migrated(*targets: tuple[str, str]) -> Any:
    """The database after a migration, and the models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The models of the version before; all migrations have run again in the end."""
    yield migrated(BEFORE)
    migrated(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_pins_and_views_of_the_version_before_are_kept(before: Any) -> None:
    user = before.get_model("auth", "User").objects.create(username="old")
    many = [("C", f"O-{number}") for number in range(1100)]
    pins = before.get_model("orders", "Pin").objects
    pins.bulk_create(
        [pins.model(user=user, customer_id=one, order_id=other) for one, other in [*many, ("é/", "日本")]]
    )
    row = fields(AccessLogEntry(at="2026-05-10T12:00Z", duration_ms=1))
    del row["account"]
    before.get_model("orders", "AccessLogEntry").objects.create(**{**row, "agent": "old", "order_id": "O-1"})

    migrated(*MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert Pin.objects.count() == 1101
    assert all(one.digest == pin_digest(one.customer_id, one.order_id) for one in Pin.objects.all())
    (kept,) = AccessLogEntry.objects.all()
    assert (kept.agent, kept.order_id, kept.account) == ("old", "O-1", None)
    assert entry(account=7).account == 7
