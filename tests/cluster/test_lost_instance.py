"""Instances that are lost, stopped and started again while agents look orders up."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.cluster.instances import Instance
from tests.cluster.nginx import LEFT_ALONE_SECONDS
from tests.cluster.site import Site, needs_servers
from tests.cluster.site_agents import Agents, launch, look_up
from tests.support.stub_erc import Asked, Reply, item, page

pytestmark = needs_servers

_AGENTS = 6


def test_killed_instances_lose_at_most_what_they_were_serving(site: Site) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=0.05)
    agents = Agents(site, *[look_up] * _AGENTS)
    killed: list[float] = []

    with agents.at_work():
        for instance in site.instances:
            time.sleep(0.7)
            killed.append(time.monotonic())
            instance.kill()
            time.sleep(0.7)
            instance.start()
            time.sleep(LEFT_ALONE_SECONDS)

    lost = agents.lost()
    assert all(any(one.began <= moment <= one.ended for moment in killed) for one in lost), lost
    assert len(lost) <= _AGENTS * len(killed)
    assert len(agents.requests) > 100


def test_instances_that_are_stopped_one_after_the_other_lose_nothing(site: Site) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=0.05)
    agents = Agents(site, *[look_up] * _AGENTS, launch, launch)

    with agents.at_work():
        codes = [stopped_and_started(instance) for instance in site.instances]

    assert agents.lost() == []
    assert codes == [0, 0]
    assert len(agents.requests) > 100


def stopped_and_started(instance: Instance) -> int:
    """As a new version would be brought out; the exit code of the old one."""
    time.sleep(0.7)
    code = instance.ask_to_stop().wait(20)
    instance.start()
    time.sleep(LEFT_ALONE_SECONDS)
    return code


def test_instance_that_is_stopped_answers_what_it_is_serving(site: Site) -> None:
    one, _ = site.instances
    is_asked, may_answer = threading.Event(), threading.Event()

    def answered(asked: Asked) -> Reply:
        if "under-way" in asked.path:
            is_asked.set()
            may_answer.wait(7)
        return Reply(content=page(item()))

    site.erc.items = answered
    with ThreadPoolExecutor() as pool:
        under_way = pool.submit(site.look_up, "under-way", one)
        is_asked.wait(10)
        process = one.ask_to_stop()
        time.sleep(0.3)
        meanwhile = [site.look_up(f"meanwhile-{number}").status_code for number in range(4)]
        was_running = process.poll() is None
        may_answer.set()
        answer = under_way.result()

    assert was_running
    assert meanwhile == [200] * 4
    assert answer.status_code == 200
    assert "data-item-id" in answer.text
    assert process.wait(20) == 0
