"""The soak in a short form, and what it judges by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.benchmarks.portal.agents import LookUp
from tests.benchmarks.portal.soak import Minute, soaked, summed_up, verdict
from tests.support.postgres_server import needs_postgres
from tests.support.redis_server import needs_redis


def minute(memory: Sequence[float], failed: int = 0, look_ups: int = 100) -> Minute:
    return Minute(look_ups, Counter({"status 500": failed} if failed else {}), 160, 190, memory)


@needs_redis
@needs_postgres
def test_agents_at_work_for_some_seconds_meet_no_error() -> None:
    minutes = list(soaked(minutes=0.1, agents=8, think=0.3))

    assert sum(one.look_ups for one in minutes) > 0
    assert sum((one.troubles for one in minutes), Counter()) == Counter()
    assert minutes[0].p50 > 150
    assert min(minutes[0].memory) > 20


def test_verdict_on_a_flat_series_finds_nothing() -> None:
    warming_up_then_flat = [minute([60, 70]), minute([80, 80.5]), minute([80, 84]), minute([81, 85.4])]

    assert verdict(warming_up_then_flat) == []


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ([minute([80] * 4), minute([80] * 4, failed=1)], "failed: 1."),
        ([minute([80, 80]), minute([80, 80]), minute([83, 83]), minute([86, 84])], "grew by 6.0 MB"),
        ([minute([80] * 8, look_ups=0)], "Nobody"),
        ([minute([80, 80])], "Too short"),
        ([], "Nobody"),
    ],
    ids=["an error", "memory that grows", "no look-ups", "hardly any time", "no time"],
)
def test_verdict_on_a_bad_series_says_what_is_wrong(minutes: list[Minute], told: str) -> None:
    assert told in " ".join(verdict(minutes))


def test_figures_of_a_minute_count_each_trouble() -> None:
    look_ups = [LookUp(float(number), "") for number in range(1, 100)] + [LookUp(5000, "status 503")]

    figures = summed_up(look_ups, [80.0, 81.26])

    assert (figures.p50, figures.p95, figures.troubles) == (50, 95, Counter({"status 503": 1}))
    assert str(figures) == "100 requests, 1 status 503, p50 50 ms, p95 95 ms, 81.3 MB"
