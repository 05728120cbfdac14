from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.support.log_lines import Lines
from tests.support.pages import one, soup, text
from tests.support.passwords import LOGINS, PASSWORD, lock, sign_in

pytestmark = pytest.mark.slow


@LOGINS
def test_tenth_wrong_password_locks_and_says_when_to_try_again(client: Client, admin: User, path: str) -> None:
    response = lock(client, path)

    page = soup(response)
    assert response.status_code == 429
    assert 890 <= int(response["Retry-After"]) <= 900
    assert "15 minutes" in text(page, "[data-error=sign_in_locked]")
    assert one(page, "input[name=username]")["value"] == "agent"
    assert one(page, "input[name=next]")["value"] == "/admin/"


@LOGINS
def test_right_password_is_refused_while_locked(client: Client, admin: User, path: str) -> None:
    lock(client)

    response = sign_in(client, path, password=PASSWORD)

    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_ninth_wrong_password_does_not_lock_and_a_right_one_forgets_them(client: Client, admin: User) -> None:
    for _ in range(2):
        for _ in range(9):
            sign_in(client)

        response = sign_in(client, password=PASSWORD)

        assert response.status_code == 302
        client.logout()


def test_lock_holds_for_its_pair_of_name_and_address_only(client: Client, admin: User) -> None:
    User.objects.create_user("other", password=PASSWORD)
    lock(client)

    assert sign_in(Client(), name="other", password=PASSWORD).status_code == 302
    assert sign_in(Client(), password=PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302
    assert sign_in(Client(), password=PASSWORD, headers={"User-Agent": "another"}).status_code == 429


def test_lock_behind_a_proxy_is_of_the_address_that_the_proxy_saw(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.PROXY_COUNT = 1
    lock(client, headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7"})

    same = sign_in(client, password=PASSWORD, headers={"X-Forwarded-For": "203.0.113.2, 198.51.100.7"})
    other = sign_in(client, password=PASSWORD, headers={"X-Forwarded-For": "198.51.100.7, 198.51.100.8"})

    assert (same.status_code, other.status_code) == (429, 302)


def test_lock_holds_where_there_is_no_address(client: Client, admin: User) -> None:
    lock(client, REMOTE_ADDR="")

    assert sign_in(client, password=PASSWORD, REMOTE_ADDR="").status_code == 429


def test_lock_ends_after_its_minutes_which_further_attempts_do_not_prolong(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.SIGN_IN_LOCK_MINUTES = 3
    lock(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(seconds=170))

    locked = sign_in(client)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(seconds=11))

    assert (locked.status_code, int(locked["Retry-After"])) == (429, 10)
    assert sign_in(client, password=PASSWORD).status_code == 302


@LOGINS
def test_answers_are_the_same_whether_the_user_exists_or_not(client: Client, admin: User, path: str) -> None:
    User.objects.create_user("off", password=PASSWORD, is_active=False)

    def told(name: str) -> list[tuple[int, str]]:
        answers = [sign_in(client, path, name, PASSWORD + "!") for _ in range(11)]
        return [(answer.status_code, soup(answer).get_text().replace(name, "")) for answer in answers]

    known, unknown, switched_off = told("agent"), told("nobody"), told("off")

    assert known == unknown == switched_off
    assert [status for status, _ in known] == [200] * 9 + [429] * 2


def test_lock_page_leads_nowhere_else(client: Client, admin: User) -> None:
    form = {"username": "agent", "password": "wrong", "next": "https://attacker.example/"}
    for _ in range(10):
        response = client.post("/login/", form)

    assert one(soup(response), "input[name=next]")["value"] == ""


def test_nothing_secret_is_stored_or_logged(client: Client, admin: User, log: Lines) -> None:
    form = {"username": "agent", "password": "planted-password", "next": "/orders/?customer_id=planted-id"}
    for _ in range(11):
        client.post("/login/?next=/orders/?customer_id=planted-id", form)

    stored = "".join(str(row) for row in AccessAttempt.objects.values())
    assert "planted" not in stored
    assert "planted" not in "".join(log.lines)
    assert not [line for line in log.lines if "axes" in line.lower()]
    assert len(log.entries("sign-in locked")) == 2


def test_sign_in_without_a_request_works_and_is_quiet(client: Client, admin: User, log: Lines) -> None:
    assert authenticate(username="agent", password="wrong") is None
    assert authenticate(username="agent", password=PASSWORD) == admin
    assert client.login(username="agent", password=PASSWORD)
    assert not log.entries("sign-in locked")
    assert not [line for line in log.lines if "axes" in line.lower()]
    assert not AccessLog.objects.exists()


def test_sign_in_sets_up_without_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", fail_level="WARNING")

    assert "no issues" in capsys.readouterr().out
