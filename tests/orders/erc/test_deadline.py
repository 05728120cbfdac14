from __future__ import annotations

import threading

import pytest

from orders.erc.deadline import Deadline, bound


def test_deadline_has_passed_once_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.erc.deadline.time.monotonic", lambda: 100.0)
    at_once, later, before = Deadline(0), Deadline(0.001), Deadline(-0.001)

    assert (at_once.has_passed, later.has_passed, before.has_passed) == (True, False, True)


def test_deadline_says_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("orders.erc.deadline.time.monotonic", lambda: now[0])
    deadline = Deadline(5)

    now[0] = 103.0
    left = deadline.remaining()
    now[0] = 107.0

    assert (left, deadline.remaining()) == (2.0, -2.0)


@pytest.mark.parametrize("seconds", [5, 0.1, None])
def test_wait_without_a_deadline_is_as_it_was(seconds: float | None) -> None:
    assert bound(seconds) == seconds


def test_wait_is_bounded_by_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.erc.deadline.time.monotonic", lambda: 100.0)

    with Deadline(3).enforce():
        bounds = [bound(5), bound(2), bound(None)]

    assert bounds == [3, 2, 3]


@pytest.mark.parametrize("seconds", [0, -0.01, -60])
def test_wait_that_begins_after_the_deadline_is_a_time_out(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("orders.erc.deadline.time.monotonic", lambda: 100.0)

    with Deadline(seconds).enforce(), pytest.raises(TimeoutError, match="the deadline has passed"):
        bound(5)


def test_deadline_bounds_nothing_after_its_block_also_where_that_failed() -> None:
    with pytest.raises(ValueError, match="planted"), Deadline(1).enforce():
        raise ValueError("planted")

    assert bound(5000) == 5000


def test_inner_deadline_gives_way_to_the_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.erc.deadline.time.monotonic", lambda: 100.0)

    with Deadline(9).enforce():
        with Deadline(1).enforce():
            inner = bound(None)
        outer = bound(None)

    assert (inner, outer) == (1, 9)


def test_deadline_is_that_of_its_own_thread() -> None:
    found: list[float | None] = []

    with Deadline(1).enforce():
        other = threading.Thread(target=lambda: found.append(bound(None)))
        other.start()
        other.join()

    assert found == [None]
