from __future__ import annotations

import threading

import pytest

from orders.core.request import correlation_id
from orders.lookup.beside import Beside
from tests.support.calls_beside import end_calls_beside

pytestmark = pytest.mark.django_db


def test_work_runs_beside_the_caller_and_gives_its_result() -> None:
    go_on = threading.Event()

    beside = Beside(lambda: go_on.wait(5) and "done")
    go_on.set()

    assert beside.result(5) == "done"


def test_work_that_fails_raises_its_error_where_the_result_is_wanted() -> None:
    def fail() -> str:
        raise LookupError("no")

    beside = Beside(fail)

    with pytest.raises(LookupError, match="no"):
        beside.result(5)


def test_work_that_takes_too_long_is_not_waited_for() -> None:
    go_on = threading.Event()
    beside = Beside(lambda: go_on.wait(5))

    result = beside.result_or_none(0)
    go_on.set()

    assert result is None


def test_work_has_the_correlation_id_of_the_caller() -> None:
    reset = correlation_id.set("correlation-1")

    beside = Beside(correlation_id.get)

    assert beside.result(5) == "correlation-1"
    correlation_id.reset(reset)


def test_call_that_a_test_left_under_way_is_waited_for() -> None:
    ended: list[bool] = []
    Beside(lambda: ended.append(threading.Event().wait(0.2)))

    end_calls_beside()

    assert ended == [False]
