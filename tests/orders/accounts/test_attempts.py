from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders.accounts.attempts import AttemptsHandler
from orders.accounts.throttle import ThrottleBackend
from tests.support.pages import soup, text
from tests.support.passwords import LOGINS, PASSWORD, sign_in, spray

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("first", "other", "status"),
    [
        ("2001:db8:1:2::{}", "2001:db8:1:2:aaaa::1", 429),
        ("2001:db8:1:2::{}", "2001:db8:1:3::1", 302),
        ("::ffff:192.0.2.7", "192.0.2.7", 429),
        ("::ffff:192.0.2.7", "192.0.2.8", 302),
        ("192.0.2.7", "::ffff:192.0.2.7", 429),
    ],
)
def test_lock_of_an_ipv6_address_is_of_its_64(
    client: Client, admin: User, first: str, other: str, status: int
) -> None:
    for number in range(10):
        sign_in(client, REMOTE_ADDR=first.format(number))

    assert sign_in(client, password=PASSWORD, REMOTE_ADDR=other).status_code == status


@LOGINS
def test_wrong_passwords_of_many_names_lock_the_address(client: Client, admin: User, path: str) -> None:
    statuses = spray(client, 60, path)

    assert statuses == [200] * 49 + [429] * 11
    assert sign_in(client, path, password=PASSWORD).status_code == 429
    assert sign_in(client, path, password=PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_limit_of_an_address_is_a_setting_and_is_told(client: Client, admin: User, settings: Settings) -> None:
    settings.SIGN_IN_ADDRESS_FAILURES = 12

    spray(client, 11)
    response = sign_in(client)

    assert response.status_code == 429
    assert 890 <= int(response["Retry-After"]) <= 900
    assert "from your network" in text(soup(response), "[data-error=sign_in_locked]")
    assert "15 minutes" in text(soup(response), "[data-error=sign_in_locked]")


def test_limit_of_an_address_counts_all_its_ipv6_addresses(client: Client, admin: User) -> None:
    statuses = [
        sign_in(client, name=f"name-{number}", REMOTE_ADDR=f"2001:db8::{number:x}").status_code
        for number in range(51)
    ]

    assert statuses == [200] * 49 + [429] * 2


def test_lock_of_an_address_ends_as_its_oldest_attempts_do(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.SIGN_IN_ADDRESS_FAILURES = 10
    spray(client, 10)
    for number, row in enumerate(AccessAttempt.objects.order_by("pk")):
        AccessAttempt.objects.filter(pk=row.pk).update(
            attempt_time=timezone.now() - timedelta(seconds=800 - 10 * number)
        )

    locked = sign_in(client)
    AccessAttempt.objects.filter(username="name-0").update(attempt_time=timezone.now() - timedelta(seconds=901))

    assert (locked.status_code, int(locked["Retry-After"])) == (429, 100)
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_sign_in_that_succeeds_forgets_its_own_wrong_passwords_only(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.SIGN_IN_ADDRESS_FAILURES = 12
    spray(client, 9)
    sign_in(client)
    sign_in(client, password=PASSWORD)
    client.logout()

    assert AccessAttempt.objects.count() == 9
    assert spray(client, 2) == [200, 200]
    assert sign_in(client, name="one more").status_code == 429


def test_clients_without_an_address_are_not_locked_by_each_other(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.SIGN_IN_ADDRESS_FAILURES = 10

    assert spray(client, 20, REMOTE_ADDR="") == [200] * 20


def test_password_is_counted_before_it_is_looked_at(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    def looked_at(_self: User, _password: str) -> bool:
        counted.append(AccessAttempt.objects.get().failures_since_start)
        return False

    monkeypatch.setattr(User, "check_password", looked_at)
    sign_in(client)
    sign_in(client)

    assert counted == [1, 2]
    assert AccessAttempt.objects.get().failures_since_start == 2


def test_password_that_cannot_be_counted_is_not_looked_at(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def locked(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and "axes" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *arguments)

    monkeypatch.setattr(User, "check_password", lambda _self, password: looked_at.append(password))
    client.raise_request_exception = False
    with connection.execute_wrapper(locked):
        response = sign_in(client, password=PASSWORD)

    assert response.status_code == 503
    assert looked_at == []


def test_password_that_others_have_locked_meanwhile_is_not_looked_at(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(User, "check_password", lambda _self, password: looked_at.append(password))
    monkeypatch.setattr(ThrottleBackend, "authenticate", lambda *_, **__: None)
    sign_in(client)
    AccessAttempt.objects.update(failures_since_start=10)

    response = sign_in(client, password=PASSWORD)

    assert response.status_code == 429
    assert looked_at == ["wrong"]


def test_right_password_of_a_person_who_may_not_enter_the_admin_is_no_wrong_one(
    client: Client, agent: User
) -> None:
    for _ in range(12):
        assert sign_in(client, "/admin/login/", password=PASSWORD).status_code == 200

    assert [row.failures_since_start for row in AccessAttempt.objects.all()] == [0]


def test_attempt_that_another_process_counted_first_is_counted_too(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It finds no row to add to, and one when it makes its own.
    def first(self: AttemptsHandler, request: Any, *_: Any) -> int:
        AccessAttempt.objects.create(
            username="agent", ip_address="127.0.0.1", user_agent="", failures_since_start=1
        )
        return 0

    monkeypatch.setattr(AttemptsHandler, "clean_expired_user_attempts", first)

    assert sign_in(client).status_code == 200
    assert AccessAttempt.objects.get().failures_since_start == 2
