"""Several agents at work while something fails: what they see, for how long, and what was written down of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

import psycopg

from tests.cluster.instances import Instance
from tests.cluster.load import Agent, Answer, SignedIn, at_work, fresh
from tests.cluster.servers import Servers
from tests.support.probes import Probe, page, password

_LOOK_SECONDS = 0.05


class Scene(NamedTuple):
    """The servers, the instance that the agents ask, and their sign-in there."""

    servers: Servers
    instance: Instance
    signed_in: SignedIn

    def agents(self, name: str, count: int, pause: float) -> list[Agent]:
        """So many, each with a customer of its own whose orders nobody has asked for."""
        return [Agent(self.signed_in, f"{name}-{number}", fresh(), pause=pause) for number in range(count)]


class Seen(NamedTuple):
    """From when the trouble begins until all is well. Times are in seconds, the longest of each kind."""

    statuses: Counter[int]
    refused_share: float
    longest: float
    longest_refusal: float
    healthz: Probe
    sign_in_page: Probe
    password: Probe
    well_after: float
    """From the end of the trouble to the end of the last answer that brought no items."""
    others_data: int
    """How many agents were shown an item of somebody else's order."""
    not_recorded: int
    """How many answers with items have no row in the access log."""
    not_shown: int
    """How many rows tell of items that did not reach the agent."""


def watch(
    scene: Scene,
    trouble: AbstractContextManager[None],
    *,
    name: str,
    agents: int,
    pause: float,
    seconds: float,
    look_ups: int,
    patience: float,
) -> Seen:
    """What agents see of a trouble that lasts for so many seconds and look-ups, and after it until all is well."""
    asking = scene.agents(name, agents, pause)
    address = scene.instance.address
    probes = [page(f"{address}/healthz"), page(f"{address}/login/"), password(address)]
    healthz, sign_in_page, sign_in = probes
    with at_work(asking):
        _wait(lambda: all(any(one.is_good for one in agent.answers) for agent in asking), 30)
        began = time.monotonic()
        with healthz.at_work(), sign_in_page.at_work(), sign_in.at_work():
            with trouble:
                time.sleep(seconds)
                _wait(lambda: len(_since(began, asking)) >= look_ups, 60)
            ended = time.monotonic()
            _wait(lambda: all(_is_well(agent, ended) for agent in asking), patience)
    answers = _since(began, asking)
    refused = [one for one in answers if not one.is_good]
    recorded, good = (
        _recorded(scene.servers.postgres.url, name),
        [one for agent in asking for one in agent.answers],
    )
    shown = {one.reference for one in good if one.is_good}
    return Seen(
        statuses=Counter(one.status for one in answers),
        refused_share=len(refused) / len(answers),
        longest=max(one.seconds for one in answers),
        longest_refusal=max((one.seconds for one in refused), default=0.0),
        healthz=healthz,
        sign_in_page=sign_in_page,
        password=sign_in,
        well_after=max([0.0, *(one.ended - ended for one in refused)]),
        others_data=sum(agent.saw_others for agent in asking),
        not_recorded=len(shown - recorded),
        not_shown=len(recorded - shown),
    )


def _since(began: float, agents: Sequence[Agent]) -> list[Answer]:
    return [one for agent in agents for one in agent.answers if one.ended >= began]


def _is_well(agent: Agent, since: float) -> bool:
    """Whether the last two that it asked for since then brought items."""
    last = agent.answers[-2:]
    return all(one.is_good and one.began >= since for one in last)


def _recorded(database: str, name: str) -> set[str]:
    query = "select correlation_id from orders_accesslogentry where outcome = 'ok' and customer_id like %s"
    with psycopg.connect(database) as connection:
        return {reference for (reference,) in connection.execute(query, [f"{name}-%"])}


def _wait(is_so: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not is_so() and time.monotonic() < ends:
        time.sleep(_LOOK_SECONDS)
