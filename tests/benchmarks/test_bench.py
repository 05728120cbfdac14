"""The parts of the benchmark: what its loads report, whose time counts as noise, and what its upstream answers."""

from __future__ import annotations

import pytest

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.query import CustomerOrdersQuery, CustomersQuery, ItemsQuery, OrderQuery, RecentOrderQuery
from tests.benchmarks.portal import noise
from tests.benchmarks.portal.arrivals import read_report
from tests.benchmarks.portal.figures import table
from tests.benchmarks.portal.load import LoadFailedError
from tests.benchmarks.portal.noise import Clock, Noise, watched
from tests.contract.stand_ins import benchmark

REPORT = """
Connection lifetime histogram (time in ms):
             :
           150.5 18
           151.5 1
             :
           163.5 1

Total: connections 20 requests 20 replies 20 test-duration 2.500 s

Reply status: 1xx=0 2xx={good} 3xx=0 4xx=0 5xx={bad}
"""


def test_report_of_arrivals_gives_their_rate_and_the_waits_of_their_shares() -> None:
    arrivals = read_report(REPORT.format(good=20, bad=0))

    assert (arrivals.rate, arrivals.p50, arrivals.p95) == (8, 150.5, 151.5)


def test_report_of_arrivals_with_an_error_is_none() -> None:
    with pytest.raises(LoadFailedError, match="19 of them well"):
        read_report(REPORT.format(good=19, bad=1))


def test_noise_is_what_others_took_in_cores() -> None:
    before, after = Clock(wall=10, busy=100, own=50, stolen=1), Clock(wall=14, busy=107, own=55, stolen=1.2)

    taken = Noise.between(before, after)

    assert (taken.foreign, taken.stolen) == pytest.approx((0.5, 0.05))
    assert taken.is_disturbing


def test_own_time_is_no_noise() -> None:
    taken = Noise.between(Clock(0, 100, 50, 1), Clock(4, 106, 56, 1))

    assert not taken.is_disturbing


def clocks(monkeypatch: pytest.MonkeyPatch, *foreign: float) -> None:
    """Have each step take a second, and others so many seconds of the processor meanwhile."""
    readings = iter([clock for taken in foreign for clock in (Clock(0, 0, 0, 0), Clock(1, taken, 0, 0))])
    monkeypatch.setattr(noise.Clock, "now", lambda: next(readings))


@pytest.mark.parametrize(
    ("foreign", "kept"),
    [((0.02,), (1, False)), ((0.9, 0.02), (2, False)), ((0.9, 0.5), (2, True)), ((0.5, 0.9), (1, True))],
    ids=["quiet", "quiet at last", "quieter at last", "never quiet"],
)
def test_step_is_repeated_once_where_others_disturbed_it(
    monkeypatch: pytest.MonkeyPatch, foreign: tuple[float, ...], kept: tuple[int, bool]
) -> None:
    clocks(monkeypatch, *foreign)
    taken: list[int] = []

    def step() -> int:
        taken.append(1)
        return len(taken)

    assert watched("a step", step) == kept
    assert len(taken) == len(foreign)


def test_disturbed_step_says_by_whom(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clocks(monkeypatch, 0.9, 0.02)

    watched("a step", int)

    assert capsys.readouterr().err == "a step: steal 0.00, other processes 0.90 of a core; once more\n"


def test_load_that_fails_on_a_quiet_machine_fails_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks(monkeypatch, 0.02)

    def step() -> int:
        raise LoadFailedError("1 of 9 requests failed")

    with pytest.raises(LoadFailedError, match="a step failed"):
        watched("a step", step)


def test_load_that_others_let_fail_leaves_the_step_out(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks(monkeypatch, 0.9, 0.8)

    def step() -> int:
        raise LoadFailedError("1 of 9 requests failed")

    assert watched("a step", step) == (None, True)


def test_time_of_processes_below_this_one_is_its_own() -> None:
    before, own = Clock.now(), sum(range(4_000_000))

    after = Clock.now()

    assert own
    assert after.own > before.own
    assert after.busy - before.busy >= after.own - before.own - 0.05


def test_table_marks_what_was_disturbed_and_what_misses_its_bound() -> None:
    values = {"page CPU / hello CPU, cold": 5.5, "page CPU / hello CPU, warm": 2.0}

    rows = table(values, {"page CPU / hello CPU, cold"}).splitlines()

    assert rows[2:] == [
        "| page CPU / hello CPU, cold | 5.5 | 5 | 4 | missed, disturbed |",
        "| page CPU / hello CPU, warm | 2 | 2.8 | 2.3 | aim |",
    ]


def test_upstream_leads_from_an_address_to_an_orders_items() -> None:
    context = CallContext(Deadline(10), "correlation-1")

    with benchmark() as api:
        client = api.client()
        (found,) = client.get(CustomersQuery(email="0-a7@mail.example"), context).page.contacts
        listed = client.get(CustomerOrdersQuery(customer_id=found.customer_id), context).page.orders
        order = client.get(OrderQuery(customer_id="0-a7", order_id="20e-a7"), context).page
        recent = client.get(RecentOrderQuery(customer_id="0-a7"), context).page
        items = client.get(ItemsQuery(customer_id="0-a7", order_id="20e-a7"), context).page.items

    assert (found.customer_id, found.emails) == ("0-a7", ("0-a7@mail.example",))
    assert len({one.id for one in listed}) == 20
    assert (order.id, order.customer_id) == (recent.id, recent.customer_id) == ("20e-a7", "0-a7")
    assert len({one.id for one in items}) == 20
