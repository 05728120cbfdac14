"""The service layer's own parts, put together over a stub upstream."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from orders.erc import ErcClient, connect
from orders.erc.breaker import Breaker
from orders.erc.fitting import _fields
from orders.erc.rate_limits import RateLimits
from orders.erc.store import Store
from orders.erc.transport import Limits, Transport
from tests.support.breakers import Clock, MakeBreaker
from tests.support.erc_calls import make_config
from tests.support.stores import DictCache, lost_cache
from tests.support.stub_erc import StubErc


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Both clocks, as the policies see them."""
    clock = Clock()
    monkeypatch.setattr("time.time", clock)
    monkeypatch.setattr("time.monotonic", clock)
    return clock


@pytest.fixture(params=[DictCache, lost_cache], ids=["shared", "cache lost"])
def make(request: pytest.FixtureRequest) -> MakeBreaker:
    """Makes breakers, with a store or without: one process notices no difference."""
    store: Store = request.param()

    def made(*, failures: int, probe_seconds: float, **more: float) -> Breaker:
        return Breaker(failures=failures, probe_seconds=probe_seconds, store=store, name="items", **more)

    return made


@pytest.fixture
def transport() -> Transport:
    return Transport(Limits(connect_timeout=1, read_timeout=1, max_body_bytes=200_000))


@pytest.fixture
def token_cache() -> DictCache:
    return DictCache()


@pytest.fixture
def store() -> DictCache:
    return DictCache()


@pytest.fixture
def limits(store: DictCache) -> RateLimits:
    """The rate limits of the items endpoint."""
    return RateLimits(store, "/items")


@pytest.fixture
def client_of(token_cache: DictCache) -> Callable[[StubErc], ErcClient]:
    return lambda stub: connect(make_config(stub.base_url), store=token_cache, observe=lambda _exchange: None)


@pytest.fixture
def annotations_read_anew() -> Iterator[None]:
    """What fields a struct has is cached, so only the first test of a process would see how it is found out."""
    _fields.cache_clear()
    yield
    _fields.cache_clear()
