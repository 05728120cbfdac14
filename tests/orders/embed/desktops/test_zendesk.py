"""What a Zendesk agent's token proves, and every way of tampering with it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from orders.embed.desktops.zendesk import verify
from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.launches import Launch
from tests.support.launch_checks import forged, now
from tests.support.launching import ec_key, public_pem, rsa_key
from tests.support.zendesk import ORIGIN, SLUG, claims, desktop, token

PUBLIC = public_pem(rsa_key()).encode()
INSTALLATIONS = f"{ORIGIN}/api/v2/apps/installations"
USERS = f"{ORIGIN}/api/v2/users"
SPARE_KEY = {"kid": "next", "algorithm": "RS256"}


def check(text: str, **changes: Any) -> Launch:
    """What a token says; the changes are those of the registration."""
    hosts = read_hosts([desktop(**changes)], allow_plain=True)
    return verify(text, hosts[SLUG])


def refused(text: str, **changes: Any) -> LaunchRefused:
    """The refusal of a token."""
    with pytest.raises(LaunchRefused) as refusal:
        check(text, **changes)
    return refusal.value


@cache
def other_key() -> rsa.RSAPrivateKey:
    """A key that the registration does not have."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_good_token_proves_the_agent_and_no_customer() -> None:
    launch = check(token(locale="pt-BR"))

    assert (launch.host.issuer, launch.key.kid, launch.agent) == (SLUG, "app", "4711")
    assert (launch.customer_id, launch.order_id, launch.sought) == ("", "", ())
    assert (launch.locale, launch.zone, launch.theme) == ("pt-BR", "", "")


@pytest.mark.parametrize(
    "made",
    [
        lambda: token(headers={"kid": "app"}),
        lambda: token(iss=ORIGIN),
        lambda: token(aud=[f"{INSTALLATIONS}/9.json", f"{INSTALLATIONS}/123.json"]),
        lambda: token(nbf=None, qsh=None, cnf=None),
        lambda: token(nbf=now() + 20, iat=now() + 20),
        lambda: token(iat=now() - 320, nbf=now() - 320),
        lambda: token(exp=now() - 20),
        lambda: token(exp=now() + 86_400),
        lambda: token(locale=1033),
        lambda: token(sub="/users/4711.json"),
    ],
    ids=[
        "kid",
        "iss with its scheme",
        "several audiences",
        "nothing more than it must",
        "clock ahead",
        "five minutes old",
        "clock behind",
        "valid for a day",
        "a locale that is a number",
        "sub without an origin",
    ],
)
def test_token_within_the_rules_is_taken(made: Callable[[], str]) -> None:
    assert check(made()).agent == "4711"


def test_token_that_names_no_key_is_tried_with_each() -> None:
    keys = [
        {**SPARE_KEY, "public_key": public_pem(other_key())},
        {"kid": "app", "algorithm": "RS256", "public_key": public_pem(rsa_key())},
    ]

    assert check(token(), keys=keys).key.kid == "app"
    assert check(token(other_key()), keys=keys).key.kid == "next"
    assert refused(token(other_key(), headers={"kid": "app"}), keys=keys).reason is LaunchCode.SIGNATURE


def test_launch_ends_five_minutes_after_the_token_was_made_or_with_the_token() -> None:
    made = now()

    assert check(token(iat=made, exp=made + 86_400)).expires == made + 300
    assert check(token(iat=made, exp=made + 60)).expires == made + 60


def test_launch_is_named_by_what_is_signed_however_its_signature_is_spelled() -> None:
    text = token()

    # The decoder takes padding that the standard forbids.
    launches = [check(text), check(f"{text}==")]

    signed = hashlib.sha256(text.rpartition(".")[0].encode()).hexdigest()
    assert [launch.token_id for launch in launches] == [signed, signed]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: "", LaunchCode.MISSING),
        (lambda: token(more="x" * 4096), LaunchCode.TOO_LARGE),
        (lambda: "x" * 30_000, LaunchCode.TOO_LARGE),
        (lambda: "no token", LaunchCode.MALFORMED),
        (lambda: "..", LaunchCode.MALFORMED),
        (lambda: forged({"alg": "HS256"}, PUBLIC, claims()), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "HS256", "kid": "app"}, PUBLIC, claims()), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "none"}, payload=claims()), LaunchCode.ALGORITHM),
        (lambda: forged({}, payload=claims()), LaunchCode.ALGORITHM),
        (lambda: token(ec_key(), "ES256"), LaunchCode.ALGORITHM),
        (lambda: token(algorithm="RS512"), LaunchCode.ALGORITHM),
        (lambda: token(other_key()), LaunchCode.SIGNATURE),
        (lambda: forged({"alg": "RS256"}, PUBLIC, claims()), LaunchCode.SIGNATURE),
        (lambda: token(headers={"kid": "unknown"}), LaunchCode.UNKNOWN_KEY),
        (lambda: forged({"alg": "RS256", "kid": 7}, PUBLIC, claims()), LaunchCode.UNKNOWN_KEY),
        (lambda: token(headers={"jku": "https://attacker.example"}), LaunchCode.HEADER),
        (lambda: token(headers={"jwk": {"kty": "RSA"}}), LaunchCode.HEADER),
        (lambda: token(headers={"x5u": "https://attacker.example"}), LaunchCode.HEADER),
        (lambda: token(headers={"x5c": []}), LaunchCode.HEADER),
        (lambda: token(iss="other.zendesk.com"), LaunchCode.UNKNOWN_HOST),
        (lambda: token(iss="http://acme.zendesk.com"), LaunchCode.UNKNOWN_HOST),
        (lambda: token(iss="acme.zendesk.com.attacker.example"), LaunchCode.UNKNOWN_HOST),
        (lambda: token(iss="https://acme.zendesk.com/"), LaunchCode.UNKNOWN_HOST),
        (lambda: token(iss=""), LaunchCode.UNKNOWN_HOST),
        (lambda: token(aud=f"{INSTALLATIONS}/124.json"), LaunchCode.AUDIENCE),
        (lambda: token(aud=f"{INSTALLATIONS}/1234.json"), LaunchCode.AUDIENCE),
        (lambda: token(aud=[]), LaunchCode.AUDIENCE),
        (
            lambda: token(aud="https://other.zendesk.com/api/v2/apps/installations/123.json"),
            LaunchCode.AUDIENCE,
        ),
        (lambda: token(context={"product": "support", "location": "user_sidebar"}), LaunchCode.LOCATION),
        (lambda: token(context={"product": "sell", "location": "ticket_sidebar"}), LaunchCode.LOCATION),
        (lambda: token(iat=now() - 340, nbf=None), LaunchCode.EXPIRED),
        (lambda: token(exp=now() - 40), LaunchCode.EXPIRED),
        (lambda: token(nbf=now() + 60), LaunchCode.NOT_YET),
        (lambda: token(iat=now() + 60), LaunchCode.NOT_YET),
        *(
            (lambda name=name: token(**dict[str, Any]({name: None})), LaunchCode.CLAIMS)
            for name in ("iss", "aud", "sub", "context", "iat", "exp")
        ),
        (lambda: token(context={"product": "support"}), LaunchCode.CLAIMS),
        (lambda: token(context={"location": "ticket_sidebar"}), LaunchCode.CLAIMS),
        (lambda: token(context="ticket_sidebar"), LaunchCode.CLAIMS),
        (lambda: token(context="\ud83d"), LaunchCode.CLAIMS),
        (lambda: token(aud=7), LaunchCode.CLAIMS),
        (lambda: token(exp="soon"), LaunchCode.CLAIMS),
        *(
            (lambda sub=sub: token(sub=sub), LaunchCode.CLAIMS)
            for sub in (
                "4711",
                f"{USERS}/4711",
                f"{USERS}/me.json",
                f"{USERS}/.json",
                f"{USERS}/4711.json\n",
                f"{USERS}/4711.json?",
                f"{USERS}/٤٧١١.json",
                f"{USERS}/{'4' * 21}.json",
                f"{ORIGIN}/api/v2/users4711.json",
            )
        ),
    ],
)
def test_token_outside_the_rules_is_refused(made: Callable[[], str], expected: LaunchCode) -> None:
    refusal = refused(made())

    assert refusal.reason is expected
    assert refusal.host
    assert refusal.host.issuer == SLUG


def test_account_may_be_any_below_a_registered_name() -> None:
    text = token(
        iss="shop.acme.example",
        aud="https://shop.acme.example/api/v2/apps/installations/123.json",
    )

    assert check(text, origins=["https://*.acme.example"]).agent == "4711"
    assert refused(text, origins=["https://*.other.example"]).reason is LaunchCode.UNKNOWN_HOST


def test_desktop_or_agent_that_is_switched_off_is_refused() -> None:
    assert refused(token(), enabled=False).reason is LaunchCode.HOST_OFF
    assert refused(token(), revoked_agents=["4711"]).reason is LaunchCode.AGENT_OFF
    assert check(token(), revoked_agents=["471"]).agent == "4711"


def test_changed_claims_are_refused() -> None:
    header, _, signature = token().split(".")
    other = token(sub=f"{USERS}/1.json").split(".")[1]

    assert refused(f"{header}.{other}.{signature}").reason is LaunchCode.SIGNATURE


def test_refusal_never_quotes_the_token() -> None:
    for changes in (
        {"iss": "planted.zendesk.com"},
        {"aud": "planted"},
        {"sub": "planted"},
        {"context": {"product": "planted", "location": "planted"}},
        {"context": {"product": ["planted"]}},
        {"exp": "planted"},
        {"iat": time.time() - 999, "nbf": None},
    ):
        assert "planted" not in str(refused(token(**changes)))
