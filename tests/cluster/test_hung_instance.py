"""An instance that takes connections and answers nothing, or is cut off, while agents are at work."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from tests.cluster.far_instance import far_instance
from tests.cluster.hang import AGENTS, Seen, hang
from tests.cluster.instances import Instance
from tests.cluster.nginx import LEFT_ALONE_SECONDS, nginx, reloading
from tests.cluster.proxy_watch import Watching, needs_cutting, watching
from tests.cluster.site import Site, needs_servers
from tests.support.portal_client import SignInForm, client
from tests.support.stub_erc import Reply, item, page

pytestmark = [*needs_servers, needs_cutting]

# nginx by itself waits for 20 seconds; how much shorter the watch makes that is printed, for docs/operations.md.
_LONGEST_SECONDS = 10.0
_PATIENCE_SECONDS = 20.0
_AT_ONCE = 8
_TRIES = 5


@pytest.fixture
def watch(site: Site, tmp_path: Path) -> Iterator[Watching]:
    """The watch, beside the one address."""
    with watching(site.folder, reloading(site.folder), tmp_path / "watch.log") as running:
        yield running
    # What hung may count as gone for a while, and the next test asks both.
    time.sleep(LEFT_ALONE_SECONDS)


def test_instance_that_is_stopped_with_agents_at_work_is_left_alone_until_it_goes_on(
    site: Site, watch: Watching
) -> None:
    hung, _ = site.instances

    seen = hang(site, hung, watch, hung.freeze, hung.thaw)

    print(f"stopped: {seen}")
    assert_agents_go_on(seen)


def test_instance_that_is_cut_off_with_agents_at_work_is_left_alone_until_it_is_back(
    site: Site, tmp_path: Path
) -> None:
    near = site.instances[1]
    with (
        far_instance(near.env, tmp_path) as far,
        nginx(tmp_path, [far.instance.host_and_port, near.host_and_port]) as address,
        watching(tmp_path, reloading(tmp_path), tmp_path / "watch.log") as watch,
    ):
        around = site._replace(address=address, folder=tmp_path, instances=(far.instance, near))

        seen = hang(around, far.instance, watch, far.cut_off, far.connect)

    print(f"cut off: {seen}")
    assert_agents_go_on(seen)


def assert_agents_go_on(seen: Seen) -> None:
    """Nobody loses a page or waits for long, and the instance has nothing to do until it is back."""
    assert seen.lost == []
    assert seen.longest < _LONGEST_SECONDS
    assert seen.passed_on_meanwhile == 0
    assert seen.answered_meanwhile > AGENTS
    assert seen.passed_on_afterwards > 0
    assert seen.not_recorded == 0
    # What was begun may be recorded by an instance that goes on, too; that is one request of an agent at the most.
    assert seen.recorded_twice <= AGENTS


class Sent(NamedTuple):
    """The answer to a POST, and how long it took in seconds."""

    answer: requests.Response
    seconds: float

    @property
    def has_failed(self) -> bool:
        """Whether nobody knows if it arrived."""
        return self.answer.status_code == 502


def test_launches_under_way_at_an_instance_that_hangs_fail_in_words_and_none_shows_twice(
    site: Site, watch: Watching
) -> None:
    hung, _ = site.instances
    again: list[int] = []
    tokens: list[str] = []

    def launch_all() -> list[Sent]:
        tokens[:] = [site.launch_token() for _ in range(_AT_ONCE)]
        with stopped(hung, watch):
            sent = all_at_once(site.launch, tokens)
            again[:] = [site.launch(token).status_code for token in tokens]
        return sent

    first = until_some_fail(launch_all)
    later = [site.launch(token).status_code for token in tokens]

    print(f"launches under way: {told(first)}")
    assert {one.answer.status_code for one in first} == {200, 502}
    assert all("may or may not have arrived" in one.answer.text for one in first if one.has_failed)
    by_token = zip([one.answer.status_code for one in first], again, later, strict=True)
    assert [statuses.count(200) for statuses in by_token] == [1] * _AT_ONCE
    assert set(later) == {401}


@contextmanager
def stopped(hung: Instance, watch: Watching) -> Iterator[None]:
    """An instance that hangs during the block, and counts as there again after it."""
    hung.freeze()
    try:
        yield
    finally:
        hung.thaw()
    watch.wait_for([], _PATIENCE_SECONDS)


def until_some_fail(send_all: Callable[[], list[Sent]]) -> list[Sent]:
    """What comes of requests that are under way at an instance as it stops.

    On a busy machine the watch may take the instance away before any of them is; then it is stopped once more.
    """
    for _ in range(_TRIES):
        sent = send_all()
        if any(one.has_failed for one in sent):
            break
    return sent


def told(sent: list[Sent]) -> str:
    """How it went, for docs/operations.md."""
    statuses = Counter(one.answer.status_code for one in sent)
    return f"{statuses}; longest {max(one.seconds for one in sent):.2f} s"


def all_at_once(send: Callable[[str], requests.Response], texts: list[str]) -> list[Sent]:
    """What each of the texts brings."""

    def timed(text: str) -> Sent:
        began = time.monotonic()
        answer = send(text)
        return Sent(answer, time.monotonic() - began)

    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(timed, texts))


def test_searches_under_way_at_an_instance_that_hangs_fail_in_words_and_are_not_sent_again(
    site: Site, watch: Watching
) -> None:
    hung, _ = site.instances
    form = find_form(site)
    numbers = count()

    def search_all() -> list[Sent]:
        texts = [f"ines-{next(numbers)}@mail.example" for _ in range(_AT_ONCE)]
        with stopped(hung, watch):
            return all_at_once(lambda typed: found(site, form, typed), texts)

    first = until_some_fail(search_all)

    print(f"searches under way: {told(first)}")
    assert {one.answer.status_code for one in first} == {200, 502}
    assert all("may or may not have arrived" in one.answer.text for one in first if one.has_failed)
    asked = [one.query.get("email") for one in site.erc.family_asked if one.endpoint == "customers"]
    assert asked
    assert max(Counter(asked).values()) == 1


def find_form(site: Site) -> SignInForm:
    """What the find box gives a browser that is to send a text."""
    with client(site.certificate) as session:
        answer = session.get(f"{site.address}/orders/", headers={"Cookie": site.cookie}, timeout=30)
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    assert secret, answer.text
    cookie = f"{site.cookie}; csrftoken={answer.cookies['csrftoken']}"
    return SignInForm(f"{site.address}/find/", cookie, secret[1])


def found(site: Site, form: SignInForm, typed: str) -> requests.Response:
    """What the find box brings for a text."""
    fields = {"q": typed, "csrfmiddlewaretoken": form.secret}
    headers = {"Cookie": form.cookie, "Referer": form.address}
    with client(site.certificate) as session:
        return session.post(form.address, fields, headers=headers, timeout=30)


def test_slow_api_takes_no_instance_away_and_is_asked_once(site: Site, watch: Watching) -> None:
    site.erc.items = lambda _asked: Reply(content=page(item()), delay=4)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = [pool.submit(site.look_up, f"patient-{number}") for number in range(_AT_ONCE)]
        statuses = [one.result().status_code for one in waiting]

    asked = [one.path for one in site.erc.asked if "/patient-" in one.path]
    assert statuses == [200] * _AT_ONCE
    assert len(asked) == len(set(asked)) == _AT_ONCE
    assert "is silent" not in watch.said()


def test_watch_that_ends_leaves_no_instance_marked(site: Site, watch: Watching) -> None:
    hung, _ = site.instances
    hung.freeze()
    watch.wait_for([hung.host_and_port], _PATIENCE_SECONDS)

    watch.stop()

    hung.thaw()
    assert watch.marked() == []


def test_instances_that_are_all_silent_are_all_asked_for_they_may_be_slow(site: Site, watch: Watching) -> None:
    for instance in site.instances:
        instance.freeze()
    time.sleep(3)

    marked = watch.marked()

    for instance in site.instances:
        instance.thaw()
    assert marked == []


def test_instance_that_is_gone_is_not_marked(site: Site, watch: Watching) -> None:
    one, _ = site.instances
    one.kill()
    time.sleep(3)

    marked = watch.marked()

    # It would cut the test's own connection to one that listens and is not ready yet.
    watch.stop()
    one.start()
    assert marked == []
