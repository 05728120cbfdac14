"""The command that lifts waits and outages, and where its need is told."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from orders.erc.errors import ErcError, NotAllowed, RateLimited, Unavailable
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import cached_pages
from orders.lookup.connection import erc_client
from tests.support.connection import forget_connection
from tests.support.faults import FOR_AN_HOUR, GOOD, look_up
from tests.support.pages import soup
from tests.support.redis_server import Redis, needs_redis, site_cache
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc


@pytest.fixture
def shared(redis: Redis, settings: Settings) -> Redis:
    """A cache that the command reaches as the processes do."""
    settings.CACHES = {"default": site_cache(redis.url)}
    return redis


def fail(*orders: str) -> None:
    for order_id in orders:
        with pytest.raises(ErcError):
            look_up(order_id)


def lift() -> str:
    """As another process would: it knows nothing but what the cache holds."""
    of_the_portal = erc_client()
    forget_connection()
    out = io.StringIO()
    call_command("lift_api_waits", stdout=out)
    forget_connection()
    assert erc_client() is not of_the_portal
    return out.getvalue()


@needs_redis
def test_command_lifts_the_waits_of_single_orders_and_of_all(erc: StubErc, shared: Redis) -> None:
    erc.answers(FOR_AN_HOUR)
    fail("O-1", "O-2")
    with pytest.raises(RateLimited, match="not asked"):
        look_up("O-3")
    erc.answers(GOOD)

    said = lift()

    assert "Lifted" in said
    assert [look_up(order_id).items[0].id for order_id in ("O-1", "O-2", "O-3")] == ["good"] * 3


@needs_redis
def test_command_closes_the_breaker_of_the_processes_that_run(erc: StubErc, shared: Redis) -> None:
    portal = erc_client()
    erc.answers(Reply(503))
    fail(*(f"O-{number}" for number in range(5)))
    with pytest.raises(Unavailable, match="not asked"):
        look_up("O-9")
    erc.answers(GOOD)
    forget_connection()

    call_command("lift_api_waits", stdout=io.StringIO())

    assert not portal.is_held_back()


@needs_redis
def test_command_lifts_the_waits_of_the_token_endpoint(erc: StubErc, shared: Redis) -> None:
    erc.token = lambda _asked: FOR_AN_HOUR
    fail("O-1")
    erc.token = lambda _asked: Reply(content=erc.token_answer())
    with pytest.raises(RateLimited, match="not asked"):
        look_up("O-1")

    lift()

    assert look_up("O-1")


@needs_redis
def test_command_offers_again_what_the_account_lacked(erc: StubErc, shared: Redis) -> None:
    missing = cached_pages().missing
    missing.note(EndpointName.ORDERS, NotAllowed("", status=403))

    lift()

    assert missing.names() == frozenset()


def test_command_says_that_a_memory_of_each_process_is_out_of_its_reach() -> None:
    with pytest.raises(CommandError, match="Restart the portal"):
        call_command("lift_api_waits")


@needs_redis
def test_command_says_that_the_cache_cannot_be_reached(shared: Redis) -> None:
    shared.stop()

    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("lift_api_waits")


@pytest.mark.parametrize("reply", [FOR_AN_HOUR, Reply(503)], ids=["429", "503"])
def test_connection_page_says_that_look_ups_are_held_back(
    client: Client, db: None, erc: StubErc, reply: Reply
) -> None:
    engineer = staff("engineer")
    before = engineer.get("/admin/connection/")
    erc.answers(reply)
    fail(*(f"O-{number}" for number in range(5)))

    during = engineer.get("/admin/connection/")

    assert not soup(before).select("[data-held-back]")
    assert "lift_api_waits" in soup(during).select("[data-held-back]")[0].get_text()


def test_connection_page_says_that_tokens_are_held_back(db: None, erc: StubErc, settings: Settings) -> None:
    settings.ERC_BREAKER_FAILURES = 1
    erc.token = lambda _asked: Reply(503)
    fail("O-1")

    page = staff("engineer").get("/admin/connection/")

    assert soup(page).select("[data-held-back]")
