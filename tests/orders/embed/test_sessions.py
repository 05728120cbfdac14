"""The signed token of a panel: what it is bound to, how long it lives, and what ends it."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core import signing
from pytest_django.fixtures import Settings

from orders.embed import sessions
from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.launch_tokens import verify
from orders.embed.sessions import read_session, start_session
from tests.support.launching import AUDIENCE, SECRET, host, public_pem, rsa_key, token
from tests.support.sessions import hosts, session


class Clock:
    """The time, which a test may change; it stands at the whole second at which the test began."""

    def __init__(self) -> None:
        self.start = int(time.time())
        self.now = float(self.start)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.EMBED_TOKEN_SECONDS, settings.EMBED_SESSION_SECONDS = 900, 3600
    clock = Clock()
    monkeypatch.setattr(time, "time", lambda: clock.now)
    return clock


def refused(embed_token: str, **changes: Any) -> LaunchRefused:
    with pytest.raises(LaunchRefused) as refusal:
        read_session(embed_token, hosts(**changes))
    return refusal.value


def test_session_says_what_the_launch_said(clock: Clock) -> None:
    claims = {
        "name": "Jo",
        "locale": "de",
        "zone": "Asia/Tokyo",
        "customer_zone": "Europe/Berlin",
        "customer_locale": "fr",
        "theme": "dark",
    }

    found = read_session(session(**claims).to_token(), hosts())

    assert (found.issuer, found.kid, found.agent, found.agent_name) == ("desk", "hs", "agent-7", "Jo")
    assert (found.customer_id, found.order_id) == ("C-1", "O-1")
    assert found.look == Look("de", "Asia/Tokyo", "dark")
    assert (found.customer_zone, found.customer_locale) == ("Europe/Berlin", "fr")
    assert (found.started, found.expires) == (clock.start, clock.start + 900)


def test_token_of_long_texts_is_short() -> None:
    assert len(session(name="n" * 200, customer_id="c" * 500).to_token()) < 700


def test_session_is_for_its_customer_and_order() -> None:
    one, any_order = session(), session(order_id=None)

    assert one.allows("C-1", "O-1")
    assert not one.allows("C-1", "O-2")
    assert not one.allows("C-2", "O-1")
    assert any_order.allows("C-1", "O-2")
    assert not any_order.allows("C-2", "O-2")


@pytest.mark.parametrize(
    "forged",
    [
        lambda good: good.to_token()[:-1],
        lambda good: signing.dumps(msgspec.to_builtins(good)),
        lambda good: signing.dumps(msgspec.to_builtins(good), salt=""),
        lambda good: signing.dumps(msgspec.to_builtins(good), salt="another"),
        lambda good: signing.dumps(msgspec.to_builtins(good), salt="orders.embed.session", key="another"),
        lambda good: signing.dumps({**msgspec.to_builtins(good), "started": "x"}, salt="orders.embed.session"),
        lambda good: signing.dumps(
            {name: value for name, value in msgspec.to_builtins(good).items() if name != "key_mark"},
            salt="orders.embed.session",
        ),
    ],
    ids=["cut", "no salt", "empty salt", "other salt", "other key", "other type", "of an older portal"],
)
def test_token_that_this_portal_did_not_make_for_a_panel_is_refused(forged: Any) -> None:
    assert refused(forged(session())).reason is LaunchCode.SESSION_FORGED
    assert sessions.look(forged(session())) == Look()


def test_token_of_no_session_is_missing() -> None:
    assert refused("").reason is LaunchCode.SESSION_MISSING


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"enabled": False}, LaunchCode.HOST_OFF),
        ({"keys": host()["keys"][1:]}, LaunchCode.UNKNOWN_KEY),
        ({"revoked_agents": ["agent-7"]}, LaunchCode.AGENT_OFF),
    ],
)
def test_revoking_ends_a_session_and_names_the_host(changes: dict[str, Any], reason: LaunchCode) -> None:
    refusal = refused(session().to_token(), **changes)

    assert refusal.reason is reason
    assert refusal.host
    assert refusal.host.issuer == "desk"


def test_host_that_is_gone_ends_its_sessions() -> None:
    refusal = refused(session().to_token(), issuer="another")

    assert (refusal.reason, refusal.host) == (LaunchCode.HOST_OFF, None)


NEW_EC = public_pem(ec.generate_private_key(ec.SECP256R1()))
NEW_RSA = public_pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))


@pytest.mark.parametrize(
    ("key", "algorithm", "kid", "issuer", "replacement"),
    [
        (SECRET, "HS256", "hs", "desk", {"algorithm": "HS256", "secret": SECRET + "2"}),
        (SECRET, "HS256", "hs", "desk", {"algorithm": "ES256", "public_key": NEW_EC}),
        (rsa_key(), "RS256", "rs", "other-desk", {"algorithm": "RS256", "public_key": NEW_RSA}),
    ],
)
def test_key_that_is_replaced_under_its_id_ends_the_sessions_that_it_opened(
    key: Any, algorithm: str, kid: str, issuer: str, replacement: dict[str, Any]
) -> None:
    made = token(key, algorithm, {"kid": kid}, iss=issuer)
    sealed = start_session(verify(made, hosts(), AUDIENCE)).to_token()
    replaced = read_hosts([host(issuer=issuer, keys=[{"kid": kid, **replacement}])], allow_plain=False)

    assert read_session(sealed, hosts()).kid == kid
    with pytest.raises(LaunchRefused) as refusal:
        read_session(sealed, replaced)
    assert refusal.value.reason is LaunchCode.UNKNOWN_KEY


def test_another_key_that_is_replaced_leaves_a_session_alone() -> None:
    other = {"kid": "es", "algorithm": "ES256", "public_key": NEW_EC}

    assert read_session(session().to_token(), hosts(keys=[host()["keys"][0], other])).kid == "hs"


def test_token_holds_no_digest_that_secrets_could_be_guessed_by(settings: Settings) -> None:
    mark = session().key_mark
    settings.SECRET_KEY = "another" * 10

    assert session().key_mark != mark


@pytest.mark.parametrize(
    ("later", "lives"), [(899, True), (900, False), (-30, True), (-31, False), (-3600, False)]
)
def test_session_lives_for_its_seconds_and_not_before_it_began(clock: Clock, later: float, lives: bool) -> None:
    sealed = session().to_token()

    clock.now += later

    if lives:
        assert read_session(sealed, hosts()).started == clock.start
    else:
        refusal = refused(sealed)
        assert refusal.reason is LaunchCode.SESSION_EXPIRED
        assert refusal.host
        assert refusal.host.issuer == "desk"


def test_use_renews_a_session_but_never_beyond_its_longest_life(clock: Clock) -> None:
    current = session()

    clock.now += 800
    current = current.renew()
    first = current.expires
    clock.now = clock.start + 3000
    current = current.renew()

    assert (first, current.expires, current.started) == (clock.start + 1700, clock.start + 3600, clock.start)


def test_session_that_a_clock_ahead_renewed_does_not_live_longer(clock: Clock) -> None:
    current = session()
    clock.now += 1800
    ahead = current.renew().to_token()

    clock.now -= 1800

    assert refused(ahead).reason is LaunchCode.SESSION_EXPIRED


@pytest.mark.parametrize(("token_seconds", "session_seconds"), [(60, 3600), (900, 61)])
def test_shorter_life_counts_for_the_sessions_that_are_open(
    clock: Clock, settings: Settings, token_seconds: int, session_seconds: int
) -> None:
    sealed = session().to_token()

    settings.EMBED_TOKEN_SECONDS, settings.EMBED_SESSION_SECONDS = token_seconds, session_seconds
    clock.now += 61

    assert refused(sealed).reason is LaunchCode.SESSION_EXPIRED


def test_look_of_a_session_that_has_ended_is_known(clock: Clock) -> None:
    sealed = session(locale="de").to_token()

    clock.now += 10_000

    assert sessions.look(sealed) == Look("de", "", "")
