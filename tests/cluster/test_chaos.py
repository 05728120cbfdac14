"""Agents at work while something under the portal fails: the rows of troubles.py, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cluster.chaos_report import Report
from tests.cluster.instances import Instance
from tests.cluster.load import SignedIn, own_item
from tests.cluster.servers import Servers, servers
from tests.cluster.troubles import TROUBLES, Trouble
from tests.cluster.watch import Scene, Seen, watch
from tests.support.postgres_server import needs_postgres
from tests.support.probes import Probe
from tests.support.redis_server import needs_redis

pytestmark = [needs_postgres, needs_redis, pytest.mark.xdist_group("chaos")]


class Shared(NamedTuple):
    """What most rows are tried on: the servers, and an instance with two workers."""

    servers: Servers
    instance: Instance


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """They run for all rows."""
    folder = tmp_path_factory.mktemp("chaos")
    with servers(folder) as running, Instance(running.env, folder / "log", workers=2) as instance:
        yield Shared(running, instance)


@pytest.fixture
def scene(shared: Shared, trouble: Trouble, tmp_path: Path) -> Iterator[Scene]:
    """What the row is tried on. All is well, and nothing of the row before is remembered."""
    shared.servers.erc.items = own_item
    with shared.servers.redis.client() as client:
        client.flushall()
    own = trouble.own_instance
    with own(shared.servers, tmp_path) if own else nullcontext(shared.instance) as instance:
        yield Scene(shared.servers, instance, SignedIn(instance.address))


@pytest.fixture(scope="module")
def report() -> Report:
    """The table of this run."""
    return Report()


@pytest.mark.parametrize("trouble", TROUBLES, ids=[trouble.name for trouble in TROUBLES])
def test_trouble_shows_agents_what_its_row_says_and_no_more(
    trouble: Trouble, scene: Scene, report: Report
) -> None:
    seen = watch(
        scene,
        trouble.begins(scene),
        name=f"row{TROUBLES.index(trouble)}",
        agents=trouble.agents,
        pause=trouble.pause,
        seconds=trouble.seconds,
        look_ups=trouble.look_ups,
        patience=allowed(trouble.well_within),
    )

    report.add(trouble, seen)
    assert is_told_the_truth(trouble, seen)
    assert set(seen.statuses) <= trouble.sees | ({0} if trouble.breaks_connections else set())
    assert seen.statuses[0] <= trouble.agents
    assert seen.refused_share <= trouble.refused_share
    assert seen.longest <= allowed(trouble.longest)
    assert seen.well_after <= allowed(trouble.well_within)
    assert_everybody_else_is_served(trouble, seen)


def is_told_the_truth(trouble: Trouble, seen: Seen) -> bool:
    """Nobody was shown another's items, each view is recorded, and no more than that."""
    return (seen.others_data, seen.not_recorded) == (0, 0) and (trouble.records_more or seen.not_shown == 0)


def assert_everybody_else_is_served(trouble: Trouble, seen: Seen) -> None:
    """Health checks and the sign-in: what they are answered, and how soon."""
    lost = 1 if trouble.breaks_connections else 0
    expected = [(seen.healthz, {200}, trouble.healthz), (seen.sign_in_page, {200}, trouble.sign_in)]
    for probe, statuses, seconds in [*expected, (seen.password, trouble.sign_in_sees, trouble.sign_in)]:
        assert probe.statuses <= statuses | ({0} if lost else set())
        assert not_answered(probe) <= lost
        assert probe.slowest <= allowed(seconds)


def not_answered(probe: Probe) -> int:
    """How often there was no answer at all."""
    return sum(one.status == 0 for one in probe.asked)


def allowed(seconds: float) -> float:
    """What a machine may take that does much else meanwhile."""
    return 5 * seconds + 5
