"""What breakers of several processes tell each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import Unavailable
from orders.erc.store import digest
from orders.erc.transport import Request, Transport
from tests.orders.erc.test_store import GARBAGE
from tests.support.breakers import Clock, fail, guarded, is_open
from tests.support.erc_calls import make_endpoint
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc


def pair(store: DictCache, *, failures: int = 1, probe_seconds: float = 0.05) -> tuple[Breaker, Breaker]:
    """The breakers of two processes."""
    one, other = (
        Breaker(failures=failures, probe_seconds=probe_seconds, store=store, name="items") for _ in range(2)
    )
    return one, other


def test_opening_of_one_process_stops_the_others() -> None:
    one, other = pair(DictCache(), probe_seconds=60)

    fail(one)

    assert is_open(other)


def test_breakers_of_two_endpoints_know_nothing_of_each_other() -> None:
    store = DictCache()
    items = Breaker(failures=1, probe_seconds=60, store=store, name="items")
    tokens = Breaker(failures=1, probe_seconds=60, store=store, name="tokens")

    fail(items)

    assert not is_open(tokens)


def test_probes_of_two_endpoints_go_side_by_side(clock: Clock) -> None:
    store = DictCache()
    items = Breaker(failures=1, probe_seconds=2, store=store, name="items")
    tokens = Breaker(failures=1, probe_seconds=2, store=store, name="tokens")
    fail(items)
    fail(tokens)
    clock.now += 2

    with guarded(items):
        assert not is_open(tokens)


def test_probe_of_one_process_keeps_the_others_waiting(clock: Clock) -> None:
    one, other = pair(DictCache())
    fail(one)
    clock.now += 0.1

    with guarded(other):
        meanwhile = is_open(one)

    assert meanwhile
    assert not is_open(one)


def test_probe_that_fails_in_one_process_puts_off_the_next_one_of_all(clock: Clock) -> None:
    one, other = pair(DictCache(), probe_seconds=0.3)
    fail(one)
    clock.now += 0.35
    fail(other)

    at_once = is_open(one)
    clock.now += 0.35

    assert at_once
    assert not is_open(one)


def test_probe_that_succeeds_in_one_process_closes_all_that_had_opened_by_themselves(clock: Clock) -> None:
    one, other = pair(DictCache(), probe_seconds=0.3)
    both = [guarded(one), guarded(other)]
    for call in both:
        call.__enter__()
    for call in both:
        call.__exit__(Unavailable, Unavailable("down"), None)
    clock.now += 0.35

    with guarded(one):
        pass

    with guarded(other), guarded(other):
        pass


def test_gate_that_opens_after_the_answer_is_known_lets_no_second_probe_through(clock: Clock) -> None:
    store = DictCache()
    one, other = pair(store, probe_seconds=0.3)
    fail(one)
    clock.now += 0.35
    seen_before = store.get(one.key)
    fail(one)

    with pytest.raises(Unavailable, match="not asked"), other.guard(seen_before, "", Deadline(3)):
        pytest.fail("the call went through")


def test_call_that_saw_the_breaker_open_goes_on_where_it_has_closed_meanwhile(clock: Clock) -> None:
    store = DictCache()
    one, other = pair(store)
    fail(one)
    clock.now += 0.1
    seen_before = store.get(one.key)
    with guarded(one):
        pass

    with other.guard(seen_before, "", Deadline(3)):
        went_through = True

    assert went_through


def test_gate_stays_closed_no_longer_than_the_call_of_a_process_that_died(
    monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    store = DictCache()
    leases: list[float] = []

    def add(_key: str, _value: object, timeout: float) -> bool:
        leases.append(timeout)
        return True

    monkeypatch.setattr(store, "add", add)
    one, _ = pair(store)
    fail(one)
    clock.now += 0.1

    with guarded(one):
        pass

    assert [round(lease) for lease in leases] == [4]


def test_process_that_opened_while_the_memory_was_lost_is_not_closed_by_older_news(clock: Clock) -> None:
    store = DictCache()
    one, other = pair(store, probe_seconds=0.3)
    fail(one)
    clock.now += 0.35
    with guarded(one):
        pass
    news = store.get(one.key)
    clock.now += 0.1
    fail(other)
    store.values[one.key] = news

    assert is_open(other)


STATES: list[Any] = [
    *GARBAGE,
    [True],
    ["yes", 1],
    [1, 1],
    [True, "soon"],
    [True, float("nan")],
    [True, 10**400],
    [True, 1e11],
    [False, 1e11],
    [True, 1, 7],
    {"is_open": True},
]


@pytest.mark.parametrize("state", STATES)
def test_state_that_is_garbled_counts_as_none(state: Any) -> None:
    store = DictCache()
    one, other = pair(store, probe_seconds=60)
    store.values[one.key] = state

    was_closed = not is_open(one)
    fail(one)
    store.values[one.key] = state

    assert was_closed
    assert is_open(one)
    assert not is_open(other)


def test_state_from_long_ago_lets_one_probe_close_it() -> None:
    store = DictCache()
    one, _ = pair(store, probe_seconds=60)
    store.values[one.key] = [True, 1]

    with guarded(one):
        meanwhile = is_open(one)

    assert meanwhile
    assert not is_open(one)


@pytest.mark.parametrize("gate", [*GARBAGE, 1e11])
def test_gate_that_is_garbled_blocks_no_caller(gate: Any, clock: Clock) -> None:
    store = DictCache()
    one, _ = pair(store)
    fail(one)
    clock.now += 0.1
    store.values[one._gate] = gate

    assert not is_open(one)


def test_what_is_told_is_of_json_types_and_names_no_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(store, "set", lambda *given: told.append(given))
    one, _ = pair(store)

    fail(one, resource="C-1\nO-1")

    [(key, (is_open_now, at, last, is_slow), timeout)] = told
    assert (key, is_open_now, is_slow, timeout) == (one.key, True, False, 3600)
    assert abs(at - time.time()) < 5
    assert last == digest("C-1\nO-1")


def test_resource_that_failed_last_in_one_process_probes_in_none(clock: Clock) -> None:
    one, other = pair(DictCache())
    fail(one, resource="A")
    clock.now += 0.1

    assert is_open(other, "A")
    assert not is_open(other, "B")


def test_closing_by_hand_in_one_process_closes_all() -> None:
    one, other = pair(DictCache(), probe_seconds=60)
    fail(one)
    was_open = is_open(other)

    other.close()

    assert was_open
    assert not is_open(one)


def test_closing_counts_from_its_time(clock: Clock) -> None:
    one, other = pair(DictCache(), probe_seconds=2)
    late = guarded(other)
    late.__enter__()
    fail(one)
    clock.now += 3
    late.__exit__(Unavailable, Unavailable("planted"), None)
    clock.now += 2
    with guarded(one):
        pass

    with guarded(other), guarded(other):
        pass


def test_good_call_asks_the_memory_once(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    used: list[str] = []
    for name in ("get", "get_many", "set", "add", "delete"):
        monkeypatch.setattr(store, name, noted(name, getattr(store, name), used))

    with StubErc() as stub:
        request = Request("GET", f"{stub.base_url}/items", {}, "c")
        make_endpoint(transport, store).call(request, Deadline(3), lambda response: response.body)

    assert used == ["get_many"]


def noted(name: str, use: Callable[..., Any], used: list[str]) -> Callable[..., Any]:
    def noting(*given: Any) -> Any:
        used.append(name)
        return use(*given)

    return noting
