"""The calls of a check are exchanges like any other, and a check needs no database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from orders.models import ApiExchange
from tests.orders.connection_check.test_check import states, steps
from tests.stub_erc import Reply, StubErc


def test_calls_of_a_check_are_recorded_like_any_other(db: None, erc: StubErc) -> None:
    erc.answers(Reply(403, {"code": "E-1", "message": "no"}))

    steps()

    kept = ApiExchange.objects.order_by("id").values_list("token", "outcome", "code", "correlation_id")
    assert list(kept) == [("", "ok", "", "correlation-1"), ("kept", "NotAllowed", "E-1", "correlation-1")]


def test_check_needs_no_database_that_works(db: None, erc: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(ApiExchange.objects, "create", fail)

    assert states(steps()) == ["ok"] * 5
