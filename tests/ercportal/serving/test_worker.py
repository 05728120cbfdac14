"""What the worker does without a client: its bounds."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack

import pytest
from gunicorn.config import Config

from ercportal.serving import worker as module
from ercportal.serving.connection import Connection
from ercportal.serving.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    """One that is not at work."""
    config = Config()
    config.set("threads", 4)
    made = Worker(0, 0, [], None, 10, config, None)
    made.poller = selectors.DefaultSelector()
    yield made
    made.poller.close()
    made.tmp.close()


def test_answers_that_wait_are_bounded_over_all_clients(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ALL_WAITING_BYTES", 5_000_000)
    done: Future[bool] = Future()
    done.set_result(True)

    with ExitStack() as stack:
        connections = []
        for _ in range(4):
            ours, theirs = socket.socketpair()
            stack.enter_context(ours)
            stack.enter_context(theirs)
            ours.setblocking(False)
            connections.append(Connection(worker.cfg, ours, ("127.0.0.1", 1), ("127.0.0.1", 2)))
            connections[-1].sock.sendall(b"x" * 2_500_000)
            worker.nr_conns += 1
            worker.finish_request(connections[-1], done)

        are_open = [one.sock.fileno() >= 0 for one in connections]

    assert are_open == [False, False, True, True]
    assert worker.nr_conns == 2


def test_certificate_for_gunicorn_itself_stops_the_start() -> None:
    config = Config()
    config.set("certfile", __file__)
    config.set("keyfile", __file__)

    with pytest.raises(SystemExit, match="TLS ends in the proxy"):
        Worker.check_config(config, None)
