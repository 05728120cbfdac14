"""Instances that are lost, stopped and started again while agents look orders up."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import requests

from tests.cluster.instances import Instance
from tests.cluster.site import Site, client, needs_servers
from tests.stub_erc import Reply, item, page

pytestmark = needs_servers

_AGENTS = 6
# As long as nginx leaves an instance alone that was gone.
_LEFT_ALONE_SECONDS = 2.1


class LookUp(NamedTuple):
    """When it began and ended, and whether the agent got the items."""

    began: float
    ended: float
    is_answered: bool


class Agents:
    """Look orders up over and over at the one address, each on a connection that is kept."""

    def __init__(self, site: Site) -> None:
        self.look_ups: list[LookUp] = []
        self._site = site
        self._may_go_on = True
        self._numbers = itertools.count()
        self._threads = [threading.Thread(target=self._work) for _ in range(_AGENTS)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block lasts."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._may_go_on = False
            for thread in self._threads:
                thread.join()

    def lost(self) -> list[LookUp]:
        """Those that brought no items."""
        return [one for one in self.look_ups if not one.is_answered]

    def _work(self) -> None:
        with client(self._site.certificate) as session:
            session.headers["Cookie"] = self._site.cookie
            while self._may_go_on:
                began = time.monotonic()
                is_answered = self._is_answered(session)
                self.look_ups.append(LookUp(began, time.monotonic(), is_answered))
                time.sleep(0.03)

    def _is_answered(self, session: requests.Session) -> bool:
        order = {"customer_id": "C-1", "order_id": f"L-{next(self._numbers)}"}
        try:
            answer = session.get(f"{self._site.address}/orders/", params=order, timeout=30)
        except requests.RequestException:
            return False
        return answer.status_code == 200 and "data-item-id" in answer.text


def test_killed_instances_lose_at_most_what_they_were_serving(site: Site) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=0.05)
    agents = Agents(site)
    killed: list[float] = []

    with agents.at_work():
        for instance in site.instances:
            time.sleep(0.7)
            killed.append(time.monotonic())
            instance.kill()
            time.sleep(0.7)
            instance.start()
            time.sleep(_LEFT_ALONE_SECONDS)

    lost = agents.lost()
    assert all(any(one.began <= moment <= one.ended for moment in killed) for one in lost), lost
    assert len(lost) <= _AGENTS * len(killed)
    assert len(agents.look_ups) > 100


def test_instances_that_are_stopped_one_after_the_other_lose_nothing(site: Site) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=0.05)
    agents = Agents(site)

    with agents.at_work():
        codes = [stopped_and_started(instance) for instance in site.instances]

    assert agents.lost() == []
    assert codes == [0, 0]
    assert len(agents.look_ups) > 100


def stopped_and_started(instance: Instance) -> int:
    """As a new version would be brought out; the exit code of the old one."""
    time.sleep(0.7)
    code = instance.ask_to_stop().wait(20)
    instance.start()
    time.sleep(_LEFT_ALONE_SECONDS)
    return code


def test_instance_that_is_stopped_answers_what_it_is_serving(site: Site) -> None:
    one, _ = site.instances
    site.erc.items = lambda asked: Reply(content=page(item()), delay=2.0 if "under-way" in asked.path else 0)

    with ThreadPoolExecutor() as pool:
        under_way = pool.submit(site.look_up, "under-way", one)
        time.sleep(0.7)
        process = one.ask_to_stop()
        time.sleep(0.3)
        meanwhile = [site.look_up(f"meanwhile-{number}").status_code for number in range(4)]
        was_running = process.poll() is None
        answer = under_way.result()

    assert was_running
    assert meanwhile == [200] * 4
    assert answer.status_code == 200
    assert "data-item-id" in answer.text
    assert process.wait(20) == 0
