"""Signing in to the portal inside the panel: the page, the window's code, and what it is exchanged for."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed import one_time_codes
from tests.support.pages import HTMX, one, soup
from tests.support.panels import fed, policy, refused
from tests.support.signing_in import (
    FRAME,
    ORIGIN,
    VERIFIER,
    address_desktop,
    challenge,
    exchanged,
    one_time_code,
    panel_token,
    popup,
    register,
    told,
)
from tests.support.stub_erc import StubErc


@pytest.fixture(autouse=True)
def _desktop(settings: Settings, _hosts: None) -> None:
    register(settings)


def test_page_asks_to_sign_in_and_shows_nobody(client: Client, settings: Settings) -> None:
    settings.DEBUG = False

    answer = client.get("/embed/cx/?customer=C-1&order=O-1", headers=FRAME)

    page = soup(answer)
    assert answer.status_code == 200
    assert one(page, "#panel")["data-relaunch"] == ""
    # In a template, for the script.
    assert "data-sign-in" in answer.content.decode()
    assert not page.select("#panel [data-sign-in]")
    assert "C-1" not in answer.content.decode()
    assert one(page, "noscript")
    assert policy(answer) == ORIGIN
    assert not answer.cookies
    assert "Embed-Token" not in answer


def test_page_is_in_the_language_of_the_browser(client: Client) -> None:
    answer = client.get("/embed/cx/", headers={**FRAME, "Accept-Language": "de"})

    assert one(soup(answer), "#panel")["lang"] == "de"
    assert "Accept-Language" in answer["Vary"]


def test_page_of_its_own_is_refused(client: Client, settings: Settings) -> None:
    settings.DEBUG = False

    answer = client.get("/embed/cx/", headers={"Sec-Fetch-Dest": "document"})

    assert (answer.status_code, refused(answer)) == (403, "launch-not-framed")


def test_page_of_a_desktop_that_is_switched_off_is_refused(client: Client, settings: Settings) -> None:
    register(settings, address_desktop(enabled=False))

    assert refused(client.get("/embed/cx/", headers=FRAME)) == "host-off"


def test_code_of_the_window_opens_the_panel_of_its_contact(browser: Client, client: Client, erc: StubErc) -> None:
    exchange = exchanged(client, one_time_code(browser))
    answer = told(client, exchange["Embed-Token"], customer_id="C-1", order_id="O-1")
    items = fed(client, answer["Embed-Token"], customer_id="C-1", order_id="O-1")

    assert exchange.status_code == 200
    assert "data-customer-id" not in one(soup(exchange), "#panel").attrs
    assert one(soup(answer), "#panel")["data-customer-id"] == "C-1"
    assert items.status_code == 200
    assert not exchange.cookies


def test_window_needs_a_sign_in_and_leads_back_to_itself(client: Client) -> None:
    answer = popup(client)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=/panel/sign-in/cx/")


def test_window_of_an_account_without_the_permission_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody"))
    User.objects.get(username="nobody").groups.clear()

    assert popup(client).status_code == 403


def test_window_of_a_revoked_agent_is_refused(browser: Client, settings: Settings, agent: User) -> None:
    register(settings, address_desktop(revoked_agents=[agent.username]))

    answer = popup(browser)

    assert answer.status_code == 403
    assert b'data-error="agent-off"' in answer.content
    assert b"data-code" not in answer.content


@pytest.mark.parametrize("asked", ["", "too-short", "a" * 44, "=" * 43])
def test_window_without_a_challenge_is_not_there(browser: Client, asked: str) -> None:
    assert browser.get("/panel/sign-in/cx/", {"challenge": asked}).status_code == 404


@pytest.mark.parametrize("slug", ["none", "launch"])
def test_window_of_no_desktop_is_not_there(browser: Client, slug: str) -> None:
    assert popup(browser, slug).status_code == 404


def test_code_is_good_once(browser: Client, client: Client) -> None:
    code = one_time_code(browser)
    first = exchanged(client, code)

    second = exchanged(client, code)

    assert first.status_code == 200
    assert (second.status_code, refused(second)) == (401, "code-used")
    assert "data-relaunch" in one(soup(second), "#panel").attrs


def test_code_with_another_frames_verifier_is_refused_and_burnt(browser: Client, client: Client) -> None:
    code = one_time_code(browser)

    wrong = exchanged(client, code, "w" * 43)
    right = exchanged(client, code)

    assert (wrong.status_code, refused(wrong)) == (401, "code-foreign")
    assert refused(right) == "code-used"


@pytest.mark.parametrize(("age", "status"), [(60, 200), (61, 401)])
def test_code_is_good_for_a_minute(
    browser: Client, client: Client, monkeypatch: pytest.MonkeyPatch, age: int, status: int
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    code = one_time_code(browser)
    monkeypatch.setattr(time, "time", lambda: now + age)

    answer = exchanged(client, code)

    assert answer.status_code == status
    assert status == 200 or refused(answer) == "code-expired"


def test_code_of_another_desktop_is_refused(browser: Client, client: Client, settings: Settings) -> None:
    register(settings, address_desktop(), address_desktop(slug="other"))
    code = one_time_code(browser, "other")

    assert refused(exchanged(client, code)) == "code-foreign"


@pytest.mark.parametrize("code", ["", "forged", "é"])
def test_code_that_is_not_the_portals_is_refused(client: Client, code: str) -> None:
    assert refused(exchanged(client, code)) == "code-foreign"


def test_code_is_in_no_log_and_no_address(
    browser: Client, client: Client, caplog: pytest.LogCaptureFixture, agent: User
) -> None:
    caplog.set_level(logging.DEBUG)
    code = one_time_code(browser)
    answer = exchanged(client, code)
    exchanged(client, code, "w" * 43)

    said = repr([vars(record) for record in caplog.records])
    [signed_in] = [one for one in caplog.records if one.getMessage() == "embed signed in"]
    secrets = [code, VERIFIER, answer["Embed-Token"], str(browser.session.session_key)]
    assert not [secret for secret in secrets if secret in said]
    assert (signed_in.issuer, signed_in.account) == ("cx", agent.pk)  # type: ignore[attr-defined]


def test_session_of_a_panel_holds_no_readable_session_key(browser: Client, client: Client) -> None:
    token = panel_token(browser, client)

    content: dict[str, Any] = signing.loads(token, salt="orders.embed.session")
    assert str(browser.session.session_key) not in repr(content)


def test_context_without_a_session_gives_nothing(client: Client, erc: StubErc) -> None:
    answer = told(client, "", customer_id="C-1")

    assert (answer.status_code, refused(answer)) == (401, "session-missing")
    assert not erc.asked


def test_stolen_address_gives_nothing(client: Client, erc: StubErc) -> None:
    page = client.get("/embed/cx/?customer=C-1", headers=FRAME)
    others = [
        client.get(f"/embed/{name}/?customer_id=C-1&order_id=O-1", headers=HTMX) for name in ("orders", "found")
    ]

    assert page.status_code == 200
    assert [answer.status_code for answer in others] == [401, 401]
    assert not erc.asked


def test_large_form_is_refused(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = exchanged(client, "c" * 2000)

    assert (answer.status_code, refused(answer)) == (400, "launch-too-large")


def test_database_that_fails_refuses_the_code(
    browser: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> bool:
        raise OperationalError

    code = one_time_code(browser)
    monkeypatch.setattr(one_time_codes, "is_first_use", fail)

    assert refused(exchanged(client, code)) == "launch-memory"


def test_challenge_is_the_verifiers_by_s256() -> None:
    # RFC 7636, appendix B.
    assert (
        one_time_codes.challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        == challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    )
