"""What every test may use: a stub upstream, a signed-in agent, and a clean cache."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import is_hypothesis_test

from orders.audit.exchange_queue import ExchangeQueue, write
from orders.erc.errors import NotAllowed
from orders.erc.paths import EndpointName
from orders.lookup.features import MissingFeatures
from orders.models import ApiExchange
from tests.support.calls_beside import end_calls_beside
from tests.support.kinds import mark_kind
from tests.support.log_lines import Lines, kept_lines
from tests.support.process_state import forget
from tests.support.redis_server import Redis
from tests.support.stub_erc import StubErc

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def pytest_configure() -> None:
    """Let both signals end the tests in order, and their servers with them.

    Whoever runs the tests may have the signals ignored, and the servers would inherit that.
    """
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out, before pytest selects by marks."""
    for test in items:
        mark_kind(test)


@pytest.fixture(autouse=True)
def _write_exchanges_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write exchanges where the test looks for them, as soon as they end, and only where it has a database.

    In a test's own transaction no other thread can write: its row would wait for the test's end, and then stay.
    """
    is_shared = "transactional_db" in request.fixturenames
    is_ours = is_shared or "db" in request.fixturenames
    thread, writing = threading.current_thread(), threading.Lock()

    def put(_queue: ExchangeQueue, row: ApiExchange) -> None:
        if threading.current_thread() is thread:
            if is_ours:
                write([row])
        elif is_shared:
            with writing:
                write([row])
                connection.close()

    monkeypatch.setattr(ExchangeQueue, "put", put)


@pytest.fixture(autouse=True)
def _forget_between_tests() -> Iterator[None]:
    forget()
    cache.clear()
    yield
    forget()


@pytest.fixture(autouse=True)
def _have_hypothesis_to_itself(request: pytest.FixtureRequest) -> None:
    """Let calls that earlier tests left under way end before examples are drawn.

    Their retries draw random waits, and Hypothesis takes a change of Python's generator for a strategy's.
    """
    if is_hypothesis_test(request.function):
        end_calls_beside()


@pytest.fixture(autouse=True)
def _leave_language_and_zone() -> Iterator[None]:
    """The test client leaves its last answer's language and zone active, also for the test that comes next."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def erc(settings: Settings) -> Iterator[StubErc]:
    """A stub upstream that the portal is connected to."""
    with StubErc() as stub:
        settings.ERC_API_BASE_URL = stub.base_url
        settings.ERC_TOKEN_URL = f"{stub.base_url}/oauth/token"
        settings.ERC_CLIENT_ID = "client"
        settings.ERC_CLIENT_SECRET = "secret"
        settings.ERC_PRIVATE_KEY = ""
        yield stub


@pytest.fixture
def items_alone(erc: StubErc) -> None:
    """The account has nothing but the items, as the portal knows already: nothing else is asked beside them."""
    missing = MissingFeatures(cache, client_id="client")
    for endpoint in EndpointName:
        missing.note(endpoint, NotAllowed("an account with the items alone", status=403))


@pytest.fixture
def log() -> Iterator[Lines]:
    """What production would log."""
    with kept_lines() as lines:
        yield lines


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis server that the test may stop and start again."""
    server = Redis()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def agent(db: None) -> User:
    """Someone who may look orders up."""
    return User.objects.create_user("agent", password="correct horse battery")


@pytest.fixture
def browser(client: Client, agent: User) -> Client:
    """Django's test client, signed in as the agent."""
    client.force_login(agent)
    return client
