"""What breakers of several processes tell each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import Unavailable
from orders.erc.transport import Call, Transport
from tests.orders.erc.conftest import DictCache, upstream
from tests.orders.erc.test_breaker import fail, guarded, is_open
from tests.stub_erc import StubErc


def pair(memory: DictCache, *, failures: int = 1, probe_seconds: float = 0.05) -> tuple[Breaker, Breaker]:
    """The breakers of two processes."""
    one, other = (
        Breaker(failures=failures, probe_seconds=probe_seconds, memory=memory, name="items") for _ in range(2)
    )
    return one, other


def test_opening_of_one_process_stops_the_others() -> None:
    one, other = pair(DictCache(), probe_seconds=60)

    fail(one)

    assert is_open(other)


def test_breakers_of_two_endpoints_know_nothing_of_each_other() -> None:
    memory = DictCache()
    items = Breaker(failures=1, probe_seconds=60, memory=memory, name="items")
    tokens = Breaker(failures=1, probe_seconds=60, memory=memory, name="tokens")

    fail(items)

    assert not is_open(tokens)


def test_probe_of_one_process_keeps_the_others_waiting() -> None:
    one, other = pair(DictCache())
    fail(one)
    time.sleep(0.1)

    with guarded(other):
        meanwhile = is_open(one)

    assert meanwhile
    assert not is_open(one)


def test_probe_that_fails_in_one_process_puts_off_the_next_one_of_all() -> None:
    one, other = pair(DictCache(), probe_seconds=0.3)
    fail(one)
    time.sleep(0.35)
    fail(other)

    at_once = is_open(one)
    time.sleep(0.35)

    assert at_once
    assert not is_open(one)


def test_probe_that_succeeds_in_one_process_closes_all_that_had_opened_by_themselves() -> None:
    one, other = pair(DictCache(), probe_seconds=0.3)
    both = [guarded(one), guarded(other)]
    for call in both:
        call.__enter__()
    for call in both:
        call.__exit__(Unavailable, Unavailable("down"), None)
    time.sleep(0.35)

    with guarded(one):
        pass

    with guarded(other), guarded(other):
        pass


def test_gate_that_opens_after_the_answer_is_known_lets_no_second_probe_through() -> None:
    memory = DictCache()
    one, other = pair(memory, probe_seconds=0.3)
    fail(one)
    time.sleep(0.35)
    seen_before = memory.get(one.key)
    fail(one)

    with pytest.raises(Unavailable, match="not asked"), other.guarding(seen_before, "", Deadline(3), "c"):
        pytest.fail("the call went through")


def test_call_that_saw_the_breaker_open_goes_on_where_it_has_closed_meanwhile() -> None:
    memory = DictCache()
    one, other = pair(memory)
    fail(one)
    time.sleep(0.1)
    seen_before = memory.get(one.key)
    with guarded(one):
        pass

    with other.guarding(seen_before, "", Deadline(3), "c"):
        went_through = True

    assert went_through


def test_gate_stays_closed_no_longer_than_the_call_of_a_process_that_died(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = DictCache()
    leases: list[float] = []

    def add(_key: str, _value: object, timeout: float) -> bool:
        leases.append(timeout)
        return True

    monkeypatch.setattr(memory, "add", add)
    one, _ = pair(memory)
    fail(one)
    time.sleep(0.1)

    with guarded(one):
        pass

    assert [round(lease) for lease in leases] == [4]


def test_process_that_opened_while_the_memory_was_lost_is_not_closed_by_older_news() -> None:
    memory = DictCache()
    one, other = pair(memory, probe_seconds=0.3)
    fail(one)
    time.sleep(0.35)
    with guarded(one):
        pass
    news = memory.get(one.key)
    fail(other)
    memory.values[one.key] = news

    assert is_open(other)


def test_good_call_asks_the_memory_once(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = DictCache()
    used: list[str] = []
    for name in ("get", "get_many", "set", "add", "delete"):
        monkeypatch.setattr(memory, name, noted(name, getattr(memory, name), used))

    with StubErc() as stub:
        call = Call("GET", f"{stub.base_url}/items", {}, "c")
        upstream(transport, memory).call(call, Deadline(3), lambda answer, _id: answer.body)

    assert used == ["get_many"]


def noted(name: str, use: Callable[..., Any], used: list[str]) -> Callable[..., Any]:
    def noting(*given: Any) -> Any:
        used.append(name)
        return use(*given)

    return noting
