"""The panel of an agent who has signed in to the portal ends with that sign-in, and with the agent's rights."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed import sessions
from orders.embed.registry import registry
from orders.models import AccessLogEntry
from tests.support.panels import fed, refused
from tests.support.signing_in import address_desktop, panel_token, register, told
from tests.support.stub_erc import StubErc


@pytest.fixture(autouse=True)
def _desktop(settings: Settings, _hosts: None) -> None:
    register(settings)


@pytest.fixture
def token(browser: Client, client: Client, erc: StubErc) -> str:
    """The access of a panel that shows a customer."""
    return str(told(client, panel_token(browser, client), customer_id="C-1")["Embed-Token"])


def items(client: Client, token: str, **more: str) -> Any:
    return fed(client, token, customer_id="C-1", order_id="O-1", **more)


def stored(browser: Client) -> Any:
    """The session of the sign-in, as the database has it."""
    return import_module(site.SESSION_ENGINE).SessionStore(browser.session.session_key)


def change(browser: Client, **values: Any) -> None:
    session = stored(browser)
    session.update(values)
    session.save()


def _sign_out(browser: Client, agent: User) -> None:
    browser.post("/logout/")


def _switch_off(browser: Client, agent: User) -> None:
    User.objects.filter(pk=agent.pk).update(is_active=False)


def _change_password(browser: Client, agent: User) -> None:
    agent.set_password("another")
    agent.save()


def _be_away(browser: Client, agent: User) -> None:
    change(browser, sign_in_seen=int(time.time()) - 3601)


def _be_long(browser: Client, agent: User) -> None:
    change(browser, sign_in_began=int(time.time()) - site.SESSION_COOKIE_AGE - 1)


def _be_another(browser: Client, agent: User) -> None:
    other = User.objects.create_user("other")
    change(browser, _auth_user_id=str(other.pk), _auth_user_hash=other.get_session_auth_hash())


def _delete(browser: Client, agent: User) -> None:
    agent.delete()


@pytest.mark.parametrize(
    "end", [_sign_out, _switch_off, _change_password, _be_away, _be_long, _be_another, _delete]
)
def test_panel_ends_with_the_sign_in(
    browser: Client, client: Client, agent: User, token: str, erc: StubErc, end: Callable[[Client, User], None]
) -> None:
    before = items(client, token).status_code
    asked = len(erc.asked)
    end(browser, agent)

    answer = items(client, token)
    contact = told(client, token, customer_id="C-2")

    assert before == 200
    assert (answer.status_code, refused(answer)) == (401, "session-signed-out")
    assert (contact.status_code, refused(contact)) == (401, "session-signed-out")
    assert len(erc.asked) == asked


def test_panel_ends_with_the_permission(client: Client, agent: User, token: str, erc: StubErc) -> None:
    agent.groups.clear()
    agent.user_permissions.clear()

    answer, contact = items(client, token), told(client, token, customer_id="C-2")

    assert (answer.status_code, refused(answer)) == (403, "agent-off")
    assert (contact.status_code, refused(contact)) == (403, "agent-off")
    assert not erc.asked


def test_panel_ends_for_an_agent_whom_the_desktop_revokes(
    client: Client, agent: User, token: str, settings: Settings
) -> None:
    register(settings, address_desktop(revoked_agents=[agent.username]))

    assert refused(items(client, token)) == "agent-off"


def test_use_of_the_panel_prolongs_the_sign_in_once_a_minute(browser: Client, client: Client, token: str) -> None:
    now = int(time.time())
    change(browser, sign_in_seen=now - 3000)

    quiet = items(client, token, quiet="1").status_code
    after_quiet = stored(browser)["sign_in_seen"]
    used = items(client, token).status_code

    assert (quiet, used) == (200, 200)
    assert after_quiet == now - 3000
    assert stored(browser)["sign_in_seen"] >= now


def test_use_of_the_panel_does_not_bring_back_a_sign_in_that_ends_meanwhile(
    browser: Client, client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(browser, sign_in_seen=int(time.time()) - 3000)
    store = import_module(site.SESSION_ENGINE).SessionStore
    save = store.save

    def end_first(session: Any, **options: Any) -> None:
        store(session.session_key).delete()
        save(session, **options)

    monkeypatch.setattr(store, "save", end_first)

    assert refused(items(client, token)) == "session-signed-out"


def test_session_lives_as_long_as_sessions_may_without_being_renewed(
    browser: Client, client: Client, token: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    now = time.time()
    for later in (settings.EMBED_TOKEN_SECONDS + 10, settings.EMBED_SESSION_SECONDS + 10):
        change(browser, sign_in_seen=int(now) + later, sign_in_began=int(now) + later)
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        answer = items(client, token)

        assert answer.status_code == (200 if later < settings.EMBED_SESSION_SECONDS else 401)


def test_contact_keeps_the_start_of_the_session(browser: Client, client: Client, erc: StubErc) -> None:
    first = panel_token(browser, client)

    second = told(client, first, customer_id="C-1")["Embed-Token"]

    one, two = (sessions.read_session(token, registry().hosts()) for token in (first, second))
    assert (one.started, one.expires) == (two.started, two.expires)


def test_sign_in_of_a_secret_that_is_kept_for_a_while_goes_on(
    browser: Client, client: Client, token: str, settings: Settings
) -> None:
    key = browser.session.session_key
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-next-secret-of-this-portal-that-is-long-enough"

    answer = items(client, token)

    assert answer.status_code == 200
    assert stored(browser).exists(key)


def test_access_log_names_the_account(client: Client, agent: User, token: str) -> None:
    items(client, token)

    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.agent, entry.proof) == (agent.username, "told")


def test_group_gives_the_permission_again(client: Client, agent: User, token: str) -> None:
    groups = list(agent.groups.all()) or list(Group.objects.filter(permissions__codename="look_up"))[:1]
    agent.groups.clear()
    without = items(client, token).status_code
    agent.groups.set(groups)

    assert (without, items(client, token).status_code) == (403, 200)
