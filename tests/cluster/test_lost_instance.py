"""Instances that are lost, stopped and started again while agents look orders up."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import requests

from tests.cluster.instances import Instance
from tests.cluster.site import Site, needs_servers
from tests.support.portal_client import client
from tests.support.stub_erc import Asked, Reply, item, page

pytestmark = needs_servers

_AGENTS = 6
# As long as nginx leaves an instance alone that was gone.
_LEFT_ALONE_SECONDS = 2.1


class Request(NamedTuple):
    """When it began and ended, and whether the agent got what was asked for."""

    began: float
    ended: float
    is_answered: bool


Ask = Callable[[Site, requests.Session, int], requests.Response]


def look_up(site: Site, session: requests.Session, number: int) -> requests.Response:
    """An order's items."""
    order = {"customer_id": "C-1", "order_id": f"L-{number}"}
    return session.get(f"{site.address}/orders/", params=order, headers={"Cookie": site.cookie}, timeout=30)


def launch(site: Site, session: requests.Session, _number: int) -> requests.Response:
    """The panel for a fresh token, which nobody may ask for twice."""
    return session.post(f"{site.address}/embed/launch", {"token": site.launch_token()}, timeout=30)


class Agents:
    """Ask over and over at the one address, each on a connection that is kept."""

    def __init__(self, site: Site, *ways: Ask) -> None:
        self.requests: list[Request] = []
        self._site = site
        self._may_go_on = True
        self._numbers = itertools.count()
        self._threads = [threading.Thread(target=self._work, args=(way,)) for way in ways]

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

    def lost(self) -> list[Request]:
        """Those that brought nothing."""
        return [one for one in self.requests if not one.is_answered]

    def _work(self, ask: Ask) -> None:
        with client(self._site.certificate) as session:
            while self._may_go_on:
                began = time.monotonic()
                try:
                    is_answered = ask(self._site, session, next(self._numbers)).status_code == 200
                except requests.RequestException:
                    is_answered = False
                self.requests.append(Request(began, time.monotonic(), is_answered))
                time.sleep(0.03)


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
            time.sleep(_LEFT_ALONE_SECONDS)

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
    time.sleep(_LEFT_ALONE_SECONDS)
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
