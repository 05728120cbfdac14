"""A launch token opens the panel once, and what remembers it."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from orders.embed import used_launches
from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.launch_tokens import verify
from orders.embed.launches import Launch, consume
from orders.models import UsedLaunch
from tests.support.launching import AUDIENCE, host, rsa_host, rsa_key, token
from tests.support.panels import launched, refused

HOSTS = read_hosts([host(), rsa_host()], allow_plain=False)


@pytest.fixture(autouse=True)
def _prune_at_each_launch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(used_launches, "_prune_at", 0.0)
    monkeypatch.setattr(used_launches, "_PRUNE_SECONDS", 0.0)


def check(text: str) -> Launch:
    return verify(text, HOSTS, AUDIENCE)


def reason(launch: Launch) -> LaunchCode:
    with pytest.raises(LaunchRefused) as refusal:
        consume(launch)
    assert refusal.value.host is launch.host
    return refusal.value.reason


def test_token_is_good_once() -> None:
    launch = check(token())
    consume(launch)

    assert reason(check(token(jti=launch.token_id, customer_id="C-2"))) is LaunchCode.REPLAYED


def test_same_id_of_another_host_is_another_token() -> None:
    consume(check(token(jti="j")))

    consume(check(token(rsa_key(), "RS256", {"kid": "rs"}, iss="other-desk", jti="j")))

    assert UsedLaunch.objects.count() == 2


@pytest.mark.parametrize("jti", ["j" * 3000, "\udcff", "a\nb", "é\u202e"])
def test_id_of_a_token_may_be_any_text(jti: str) -> None:
    launch = check(token())._replace(token_id=jti)
    consume(launch)

    assert reason(launch) is LaunchCode.REPLAYED


def test_row_says_nothing_of_the_token_but_when_it_ends() -> None:
    launch = check(token(jti="planted"))
    consume(launch)

    row = UsedLaunch.objects.get()
    assert row.expires.timestamp() == pytest.approx(launch.expires + 30, abs=0.01)
    assert "planted" not in row.digest
    assert str(row) == f"used launch, expires {row.expires:%Y-%m-%d %H:%M:%S}"


def test_look_ups_push_no_used_token_out() -> None:
    launch = check(token())
    consume(launch)
    for number in range(1000):
        cache.set(f"k-{number}", 1)
    cache.clear()

    assert reason(launch) is LaunchCode.REPLAYED


def test_use_is_remembered_by_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(used_launches, "_prune_at", time.monotonic() + 100)

    with django_assert_num_queries(1):
        consume(check(token()))


def test_tokens_that_ended_an_hour_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = check(token(jti="early")), check(token(jti="late"))
    now = time.time()
    consume(early._replace(expires=now - 3600 - 31))
    consume(late._replace(expires=now - 3600 - 29))

    consume(check(token()))

    assert UsedLaunch.objects.count() == 2
    assert reason(late) is LaunchCode.REPLAYED


def test_pruning_takes_place_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(used_launches, "_PRUNE_SECONDS", 60.0)

    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            consume(check(token()))

    assert [query["sql"].split()[0] for query in queries.captured_queries].count("DELETE") == 1


def test_pruning_that_fails_lets_the_launch_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_: object) -> None:
        raise OperationalError("planted")

    monkeypatch.setattr(UsedLaunch.objects, "filter", fails)

    consume(check(token()))

    assert "used launches could not be pruned (OperationalError)" in caplog.text
    assert "planted" not in caplog.text
    assert UsedLaunch.objects.count() == 1


@pytest.mark.parametrize("trouble", [OperationalError, InterfaceError])
def test_launch_is_refused_while_its_use_cannot_be_remembered(
    client: Client, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    def fails(_execute: object, *_arguments: object) -> None:
        raise trouble("planted")

    spent = token()

    with connection.execute_wrapper(fails):
        without = launched(client, spent)
    again = launched(client, spent)

    with connection.execute_wrapper(fails), pytest.raises(LaunchRefused) as refusal:
        consume(check(token()))

    assert (without.status_code, refused(without)) == (503, "launch-memory")
    assert int(without["Retry-After"]) > 0
    assert "planted" not in without.content.decode()
    assert again.status_code == 200
    assert (str(refusal.value), refusal.value.host) == (trouble.__name__, HOSTS["desk"])
