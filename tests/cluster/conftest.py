"""Two instances behind one address, with what they share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.cluster.instances import Instance
from tests.cluster.nginx import nginx
from tests.cluster.servers import servers
from tests.cluster.site import Site
from tests.support.portal_client import signed_in
from tests.support.stub_erc import Reply, item, page

_BACK_SECONDS = 20
# nginx gives requests that come alone to its instances by turns.
_IN_TURN = 4


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        shared = stack.enter_context(servers(folder))
        one, other = (Instance(shared.env, folder / f"instance-{number}.log") for number in range(2))
        for instance in (one, other):
            stack.callback(instance.kill)
            instance.start()
        address = stack.enter_context(nginx(folder, [one.host_and_port, other.host_and_port]))
        yield Site(
            address, folder, (one, other), shared.erc, shared.host, shared.postgres.url, signed_in(one.address)
        )


@pytest.fixture
def site(_running: Site) -> Site:
    """All of it, running, with an API that works."""
    _running.erc.items = lambda _asked: Reply(content=page(item()))
    for instance in _running.instances:
        instance.start()
    _wait_until_both_are_asked(_running)
    return _running


def _wait_until_both_are_asked(site: Site) -> None:
    """Ask one request after the other until all are answered.

    nginx tries an instance that was gone with a single request, and refuses those that come meanwhile.
    """
    ends = time.monotonic() + _BACK_SECONDS
    while {site.at("/healthz").status_code for _ in range(_IN_TURN)} != {200}:
        assert time.monotonic() < ends, (site.folder / "portal.error.log").read_text()[-2000:]
        time.sleep(0.1)
