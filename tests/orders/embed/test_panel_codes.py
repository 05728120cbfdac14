"""Short codes: a panel shows one, and the agent confirms it in a tab of the portal."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders.embed import panel_codes
from orders.models import PanelCode, PanelCodeTry
from tests.support.log_lines import Lines
from tests.support.pages import one, soup, text
from tests.support.panels import refused
from tests.support.signing_in import VERIFIER, address_desktop, challenge, exchanged, register, told
from tests.support.stub_erc import StubErc


@pytest.fixture(autouse=True)
def _desktop(settings: Settings, _hosts: None) -> None:
    register(settings)


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let panels ask again at once."""
    monkeypatch.setattr(panel_codes, "ASK_SECONDS", 0)


def asked_for(client: Client, verifier: str = VERIFIER, slug: str = "cx", address: str = "192.0.2.1") -> Any:
    """The answer to a panel that asks for a code."""
    return client.post(f"/embed/{slug}/code", {"challenge": challenge(verifier)}, REMOTE_ADDR=address)


def shown(client: Client, verifier: str = VERIFIER) -> str:
    return str(asked_for(client, verifier).json()["code"])


def typed(browser: Client, code: str, **more: str) -> Any:
    return browser.post("/panel/code/", {"code": code, **more})


def test_code_that_the_agent_confirms_opens_the_panel(browser: Client, client: Client, erc: StubErc) -> None:
    code = shown(client)
    pending = exchanged(client, None)
    asks = typed(browser, code)
    still_pending = exchanged(client, None)
    done = typed(browser, code, confirm="1")

    answer = exchanged(client, None)

    assert [pending.status_code, still_pending.status_code, done.status_code, answer.status_code] == [
        202,
        202,
        200,
        200,
    ]
    assert "CX" in text(soup(asks), "dl")
    assert one(soup(asks), "dl time")
    assert one(soup(asks), "button[name=confirm]")
    assert told(client, answer["Embed-Token"], customer_id="C-1").status_code == 200


def test_code_opens_one_panel_once(browser: Client, client: Client) -> None:
    typed(browser, shown(client), confirm="1")
    first = exchanged(client, None)

    assert first.status_code == 200
    assert refused(exchanged(client, None)) == "code-foreign"
    assert not PanelCode.objects.exists()


def test_code_belongs_to_the_frame_that_shows_it(browser: Client, client: Client, settings: Settings) -> None:
    register(settings, address_desktop(), address_desktop(slug="other"))
    typed(browser, shown(client), confirm="1")

    assert refused(exchanged(client, None, "w" * 43)) == "code-foreign"
    assert refused(exchanged(client, None, slug="other")) == "code-foreign"
    assert exchanged(client, None).status_code == 200


def test_code_that_one_agent_has_confirmed_is_not_confirmed_again(browser: Client, client: Client) -> None:
    code = shown(client)
    typed(browser, code, confirm="1")

    again = typed(browser, code, confirm="1")

    assert again.status_code == 400
    assert one(soup(again), "[data-error=code_unknown]")


def test_code_has_eight_letters_that_no_word_has(client: Client) -> None:
    code = shown(client)

    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) <= set("BCDFGHJKLMNPQRSTVWXZ-")


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_code_is_read_in_any_spelling(browser: Client, client: Client, spelling: Any) -> None:
    assert typed(browser, spelling(shown(client))).status_code == 200


def test_code_is_asked_about_as_the_panel_shows_it(browser: Client, client: Client) -> None:
    code = shown(client)

    asks = typed(browser, code.replace("-", "").lower())

    assert text(soup(asks), "dd.user-code") == code
    assert one(soup(asks), "input[name=code]")["value"] == code


def test_code_is_stored_as_a_keyed_digest_and_logged_nowhere(
    browser: Client, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = shown(client)
    typed(browser, code, confirm="1")

    row = PanelCode.objects.values().get()
    exchanged(client, None)

    said = repr([vars(record) for record in caplog.records]) + repr(row)
    secrets = (code, code.replace("-", ""), VERIFIER, str(browser.session.session_key))
    assert not [secret for secret in secrets if secret in said]


@pytest.mark.parametrize(("age", "status"), [(299, 202), (301, 401)])
def test_code_is_good_for_five_minutes(browser: Client, client: Client, age: int, status: int) -> None:
    code = shown(client)
    PanelCode.objects.update(created=timezone.now() - timedelta(seconds=age))

    answer = exchanged(client, None)

    assert answer.status_code == status
    assert typed(browser, code).status_code == (200 if status == 202 else 400)
    assert status == 202 or refused(answer) == "code-expired"


def test_panel_that_asks_too_often_is_slowed_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_codes, "ASK_SECONDS", 2)
    shown(client)
    first = exchanged(client, None)

    second = exchanged(client, None)

    assert (first.status_code, second.status_code) == (202, 429)
    assert second["Retry-After"] == "2"


def test_wrong_codes_are_limited_for_each_account(browser: Client, client: Client) -> None:
    other = Client()
    other.force_login(User.objects.create_user("other"))
    code = shown(client)

    statuses = [typed(browser, "BBBB-BBBB").status_code for _ in range(10)]
    locked = typed(browser, code, confirm="1")

    assert statuses == [400] * 10
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert exchanged(client, None).status_code == 202
    assert typed(other, code).status_code == 200


def test_right_codes_do_not_count(browser: Client, client: Client) -> None:
    for _ in range(12):
        assert typed(browser, shown(client)).status_code == 200

    assert not PanelCodeTry.objects.exists()


def test_wrong_codes_are_forgotten_after_a_while(browser: Client, client: Client) -> None:
    for _ in range(11):
        typed(browser, "BBBB-BBBB")
    PanelCodeTry.objects.update(at=timezone.now() - timedelta(minutes=16))

    assert typed(browser, shown(client)).status_code == 200
    assert not PanelCodeTry.objects.exists()


def test_tries_while_the_entry_is_locked_do_not_lock_it_for_longer(browser: Client, client: Client) -> None:
    for _ in range(10):
        typed(browser, "BBBB-BBBB")
    PanelCodeTry.objects.update(at=timezone.now() - timedelta(minutes=14))
    locked = {typed(browser, "BBBB-BBBB").status_code for _ in range(10)}

    PanelCodeTry.objects.update(at=F("at") - timedelta(minutes=2))

    assert locked == {429}
    assert typed(browser, shown(client)).status_code == 200


def test_codes_of_one_ipv6_network_count_together(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_codes, "MAX_OF_ADDRESS", 2)

    answers = [
        asked_for(client, name * 43, address=f"2001:db8::{name}" if name < "d" else "2001:db8:0:1::d")
        for name in "abcd"
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]


@pytest.mark.parametrize("limit", ["MAX_OF_ADDRESS", "MAX_OPEN"])
def test_codes_that_wait_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(panel_codes, limit, 2)
    two = [asked_for(client, name * 43).status_code for name in "ab"]

    third = asked_for(client, "c" * 43)
    elsewhere = asked_for(client, "d" * 43, address="192.0.2.2")
    PanelCode.objects.update(created=timezone.now() - timedelta(seconds=301))
    later = asked_for(client, "e" * 43)

    assert two == [200, 200]
    assert (third.status_code, refused(third)) == (429, "code-too-many")
    assert elsewhere.status_code == (200 if limit == "MAX_OF_ADDRESS" else 429)
    assert later.status_code == 200


def test_expired_codes_are_deleted(client: Client) -> None:
    shown(client, "a" * 43)
    PanelCode.objects.update(created=timezone.now() - timedelta(minutes=16))

    shown(client, "b" * 43)

    assert PanelCode.objects.count() == 1


def test_code_for_no_challenge_is_refused(client: Client) -> None:
    assert refused(client.post("/embed/cx/code", {"challenge": "x"})) == "code-foreign"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_page_of_another_site_uses_no_code_up(client: Client, log: Lines, site: str) -> None:
    refusal = client.post(
        "/embed/cx/code", {"challenge": challenge()}, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    )
    own = client.post("/embed/cx/code", {"challenge": challenge()}, headers={"Sec-Fetch-Site": "same-origin"})

    assert [refusal.status_code, own.status_code] == [403, 200]
    assert [entry["code"] for entry in log.entries("embed refused")] == ["launch-origin"]
    assert PanelCode.objects.count() == 1


def test_desktop_that_is_switched_off_gets_no_code(client: Client, settings: Settings) -> None:
    register(settings, address_desktop(enabled=False))

    assert refused(asked_for(client)) == "host-off"


def test_revoked_agent_confirms_no_code(browser: Client, client: Client, settings: Settings, agent: User) -> None:
    register(settings, address_desktop(revoked_agents=[agent.username]))

    answer = typed(browser, shown(client), confirm="1")

    assert (answer.status_code, exchanged(client, None).status_code) == (403, 202)


def test_page_of_codes_needs_the_permission(browser: Client, agent: User) -> None:
    before = browser.get("/panel/code/").status_code
    agent.groups.clear()

    assert (before, browser.get("/panel/code/").status_code) == (200, 403)
    assert Client().get("/panel/code/").status_code == 302


def test_code_is_not_confirmed_by_a_form_of_another_site(agent: User, client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)

    answer = typed(strict, shown(client), confirm="1")

    assert (answer.status_code, exchanged(client, None).status_code) == (403, 202)


def test_database_that_fails_gives_no_code(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> str:
        raise OperationalError

    monkeypatch.setattr(panel_codes, "open_code", fail)

    answer = asked_for(client)

    assert (answer.status_code, refused(answer)) == (503, "launch-memory")
