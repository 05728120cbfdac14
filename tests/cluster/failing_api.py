"""An API that fails, as rows of troubles.py have it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.cluster.load import Agent, always, at_work, own_item
from tests.cluster.watch import Scene
from tests.support.stub_erc import Asked, Reply, Script, wire

# Longer than an agent waits (ERC_DEADLINE_SECONDS).
_FOR_EVER_SECONDS = 12.0

BAD: dict[str, Callable[[], Reply]] = {
    "answered with 500": lambda: Reply(500, {"code": "oops", "message": "no"}),
    "answered with 503": lambda: Reply(503, b"<html>"),
    "broken off": lambda: wire(reset=True),
}


@contextmanager
def _answering(scene: Scene, items: Script) -> Iterator[None]:
    scene.servers.erc.items = items
    try:
        yield
    finally:
        scene.servers.erc.items = own_item


def _late(asked: Asked, seconds: float) -> Reply:
    reply = own_item(asked)
    reply.delay = seconds
    return reply


def slow(scene: Scene) -> AbstractContextManager[None]:
    """Each answer is good, and takes 6 s."""
    return _answering(scene, lambda asked: _late(asked, 6.0))


def hanging(scene: Scene) -> AbstractContextManager[None]:
    """It takes requests and does not answer."""
    return _answering(scene, lambda asked: _late(asked, _FOR_EVER_SECONDS))


def flapping(scene: Scene) -> AbstractContextManager[None]:
    """It fails for 2 s, works for 2 s, and so on."""
    began = time.monotonic()

    def items(asked: Asked) -> Reply:
        is_down = int(time.monotonic() - began) % 4 < 2
        return Reply(503, b"<html>") if is_down else own_item(asked)

    return _answering(scene, items)


def bad_order(kind: str, tabs: int) -> Callable[[Scene], AbstractContextManager[None]]:
    """One agent reloads an order at which the API fails, in so many tabs, an order in each."""

    @contextmanager
    def reloaded(scene: Scene) -> Iterator[None]:
        bad = [_reloading(scene, f"bad-{tab}", pause=0.1) for tab in range(tabs)]
        with (
            _answering(scene, lambda asked: BAD[kind]() if "/bad-" in asked.path else own_item(asked)),
            at_work(bad),
        ):
            yield

    return reloaded


@contextmanager
def hanging_order(scene: Scene) -> Iterator[None]:
    """One agent reloads an order that never comes.

    A browser does not wait for the answer before it reloads; here each of many waits, and they begin in turn.
    """
    reloading = [_reloading(scene, "hangs", pause=8.0) for _ in range(80)]
    with (
        _answering(scene, lambda asked: _late(asked, _FOR_EVER_SECONDS if "/hangs/" in asked.path else 0)),
        at_work(reloading, apart=0.1),
    ):
        yield


def _reloading(scene: Scene, order_id: str, pause: float) -> Agent:
    return Agent(scene.signed_in, "reloaded", always(order_id), pause=pause)
