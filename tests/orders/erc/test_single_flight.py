from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from orders.erc.single_flight import SingleFlight


def test_callers_at_once_share_one_call_and_its_result() -> None:
    flight: SingleFlight[int] = SingleFlight()
    calls: list[int] = []
    together = threading.Barrier(10)

    def work() -> int:
        calls.append(1)
        # The others have left the barrier, too; they need a moment to join.
        time.sleep(1)
        return len(calls)

    def call(_: int) -> int:
        together.wait(30)
        return flight.run("key", work, 30)

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(call, range(10)))

    assert (results, len(calls)) == ([1] * 10, 1)


def test_callers_one_after_the_other_each_call() -> None:
    flight: SingleFlight[int] = SingleFlight()
    calls: list[int] = []

    results = [flight.run("key", lambda: calls.append(1) or len(calls), 5) for _ in range(3)]  # type: ignore[func-returns-value]

    assert results == [1, 2, 3]


def test_callers_with_other_keys_do_not_share() -> None:
    flight: SingleFlight[str] = SingleFlight()
    together = threading.Barrier(2)

    def work(name: str) -> str:
        together.wait(5)
        return name

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: flight.run(name, lambda: work(name), 5), ["a", "b"]))

    assert results == ["a", "b"]


def test_error_reaches_all_who_wait_and_is_forgotten() -> None:
    flight: SingleFlight[int] = SingleFlight()

    together = threading.Barrier(5)

    def work() -> int:
        # The others have left the barrier, too; they need a moment to join.
        time.sleep(0.5)
        raise LookupError

    def outcome(_index: int) -> str:
        together.wait(30)
        try:
            return str(flight.run("key", work, 5))
        except LookupError:
            return "error"

    with ThreadPoolExecutor(5) as pool:
        results = list(pool.map(outcome, range(5)))

    assert results == ["error"] * 5
    assert flight.run("key", lambda: 7, 5) == 7


def test_waiting_for_another_caller_ends_in_time() -> None:
    flight: SingleFlight[None] = SingleFlight()
    under_way, may_end = threading.Event(), threading.Event()

    def work() -> None:
        under_way.set()
        may_end.wait(5)

    leader = threading.Thread(target=lambda: flight.run("key", work, 5))
    leader.start()
    under_way.wait(5)

    with pytest.raises(TimeoutError):
        flight.run("key", work, 0.05)

    may_end.set()
    leader.join()


class Hanging:
    """A call that is under way until the test lets it end."""

    def __init__(self, flight: SingleFlight[str]) -> None:
        self.may_end = threading.Event()
        self._under_way = threading.Event()
        self._leader = threading.Thread(target=lambda: flight.run("key", self.work, 5))

    def __enter__(self) -> Hanging:
        self._leader.start()
        self._under_way.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self.may_end.set()
        self._leader.join()

    def work(self) -> str:
        self._under_way.set()
        self.may_end.wait(5)
        return "late"


def outcomes(flight: SingleFlight[str], hanging: Hanging, callers: int) -> list[str]:
    """What so many who come at once get; the call ends once those without a place have given up."""

    def outcome(_index: int) -> str:
        try:
            return flight.run("key", hanging.work, 5)
        except TimeoutError:
            if without_place.acquire(blocking=False) and not without_place._value:
                hanging.may_end.set()
            return "gave up"

    without_place = threading.Semaphore(callers - 2)
    with ThreadPoolExecutor(callers) as pool:
        return sorted(pool.map(outcome, range(callers)))


@pytest.mark.parametrize("patience", [0.0, 0.1])
def test_call_that_takes_long_keeps_no_more_waiting_than_it_has_places_for(patience: float) -> None:
    flight: SingleFlight[str] = SingleFlight(patience=patience, places=2)

    with Hanging(flight) as hanging:
        found = outcomes(flight, hanging, 6)

    assert found == ["gave up"] * 4 + ["late"] * 2


def test_place_that_becomes_free_is_had_by_the_next() -> None:
    flight: SingleFlight[str] = SingleFlight(patience=0, places=1)

    with Hanging(flight) as hanging:
        with pytest.raises(TimeoutError):
            flight.run("key", hanging.work, 0.05)
        with pytest.raises(TimeoutError) as second:
            flight.run("key", hanging.work, 0.05)

    assert "others wait" not in str(second.value)


def test_call_that_ends_in_time_has_places_for_all() -> None:
    flight: SingleFlight[str] = SingleFlight(patience=5, places=1)

    with Hanging(flight) as hanging, ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(flight.run, "key", hanging.work, 5) for _ in range(6)]
        hanging.may_end.set()

    assert {one.result() for one in waiting} == {"late"}
