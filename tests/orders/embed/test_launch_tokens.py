"""Every way of tampering with a launch token, and what a good one says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import read_hosts
from orders.embed.launch_tokens import Launch, verify
from tests.support.launching import (
    AUDIENCE,
    SECRET,
    claims,
    ec_key,
    host,
    public_pem,
    rsa_host,
    rsa_key,
    token,
)

HOSTS = read_hosts([host(), rsa_host()], allow_plain=False)


def check(text: str) -> Launch:
    return verify(text, HOSTS, AUDIENCE)


def refused(text: str, **changes: Any) -> LaunchRefused:
    hosts = read_hosts([host(**changes), rsa_host()], allow_plain=False)
    with pytest.raises(LaunchRefused) as refusal:
        verify(text, hosts, AUDIENCE)
    return refusal.value


def reason(text: str, **changes: Any) -> LaunchCode:
    return refused(text, **changes).reason


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def forged(header: dict[str, Any], secret: bytes = b"", payload: Any = None) -> str:
    """A token made by hand, as libraries refuse to make it."""
    signed = f"{part(header)}.{part(claims() if payload is None else payload)}"
    signature = hmac.new(secret, signed.encode(), hashlib.sha256).digest() if secret else b""
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def of_type(typ: object) -> str:
    return forged({"alg": "HS256", "kid": "hs", "typ": typ}, SECRET.encode())


OTHER_TYPES: list[object] = [7, None, {}, [], True, "", "at+jwt", "JWT "]


def now() -> int:
    return int(time.time())


def test_good_token_says_who_may_see_what() -> None:
    launch = check(
        token(name="Jo", locale="de", zone="Europe/Berlin", theme="dark", jti="j-1", customer_zone="Asia/Tokyo")
    )

    assert (launch.host.issuer, launch.key.kid, launch.agent) == ("desk", "hs", "agent-7")
    assert (launch.agent_name, launch.customer_zone) == ("Jo", "Asia/Tokyo")
    assert (launch.customer_id, launch.order_id, launch.jti) == ("C-1", "O-1", "j-1")
    assert (launch.locale, launch.zone, launch.theme) == ("de", "Europe/Berlin", "dark")


def test_token_that_says_no_more_than_it_must_leaves_the_rest_empty() -> None:
    launch = check(token(order_id=None))

    assert (launch.order_id, launch.agent_name, launch.customer_zone) == ("", "", "")
    assert (launch.locale, launch.zone, launch.theme) == ("", "", "")


@pytest.mark.parametrize("order_id", [None, ""])
def test_token_without_an_order_is_for_the_customer(order_id: str | None) -> None:
    assert check(token(order_id=order_id)).order_id == ""


def test_each_key_of_a_host_is_taken_with_its_own_algorithm() -> None:
    assert check(token(ec_key(), "ES256", {"kid": "es"})).key.kid == "es"
    assert check(token(rsa_key(), "RS256", {"kid": "rs"}, iss="other-desk")).key.kid == "rs"


@pytest.mark.parametrize(
    "made",
    [
        lambda: token(iat=now() + 20, exp=now() + 300),
        lambda: token(iat=now() - 320, exp=now() - 20),
        lambda: token(iat=now() - 0.5, exp=now() + 100.5),
        lambda: token(aud=["elsewhere", AUDIENCE]),
        lambda: token(unknown={"claim": 1}),
        lambda: token(nbf=now() + 20),
    ],
    ids=["clock ahead", "clock behind", "fractions", "two audiences", "more claims", "nbf"],
)
def test_token_within_the_rules_is_taken(made: Callable[[], str]) -> None:
    assert check(made()).customer_id == "C-1"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: "", LaunchCode.MISSING),
        (lambda: "x" * 4097, LaunchCode.TOO_LARGE),
        (lambda: token(name="x" * 4096), LaunchCode.TOO_LARGE),
        (lambda: "no token", LaunchCode.MALFORMED),
        (lambda: "a.b.c", LaunchCode.MALFORMED),
        (lambda: "..", LaunchCode.MALFORMED),
        (lambda: "\ud800.b.c", LaunchCode.MALFORMED),
        (lambda: part({"alg": "HS256"}) + ".x.y", LaunchCode.MALFORMED),
        (lambda: part([1]) + "." + part(claims()) + ".", LaunchCode.MALFORMED),
        (lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), [1]), LaunchCode.MALFORMED),
        (lambda: f"{part({'alg': 'HS256', 'kid': 'hs'})}.{part(claims())}.x", LaunchCode.MALFORMED),
        (lambda: token(None, "none"), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "none", "kid": "hs"}), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "NoNe", "kid": "hs"}), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "", "kid": "hs"}), LaunchCode.ALGORITHM),
        (lambda: forged({"kid": "hs"}, SECRET.encode()), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "HS256", "kid": "hs"}), LaunchCode.SIGNATURE),
        (lambda: forged({"alg": "HS256", "kid": "es"}, public_pem(ec_key()).encode()), LaunchCode.ALGORITHM),
        (lambda: forged({"alg": "HS256", "kid": "hs"}, public_pem(ec_key()).encode()), LaunchCode.SIGNATURE),
        (lambda: token(SECRET * 2, "HS512"), LaunchCode.ALGORITHM),
        (lambda: token(ec_key(), "ES256", {"kid": "hs"}), LaunchCode.ALGORITHM),
        (lambda: token("x" * 40), LaunchCode.SIGNATURE),
        (lambda: token(rsa_key(), "RS256", {"kid": "rs"}), LaunchCode.UNKNOWN_KEY),
        (lambda: token(headers={"kid": "unknown"}), LaunchCode.UNKNOWN_KEY),
        (lambda: token(headers={"kid": "../../dev/null"}), LaunchCode.UNKNOWN_KEY),
        (lambda: forged({"alg": "HS256"}, SECRET.encode()), LaunchCode.UNKNOWN_KEY),
        (lambda: forged({"alg": "HS256", "kid": ["hs"]}, SECRET.encode()), LaunchCode.UNKNOWN_KEY),
        (
            lambda: forged({"alg": "HS256", "kid": "hs", "jku": "https://attacker.example"}, SECRET.encode()),
            LaunchCode.HEADER,
        ),
        (lambda: forged({"alg": "HS256", "kid": "hs", "jwk": {"kty": "oct"}}, SECRET.encode()), LaunchCode.HEADER),
        (
            lambda: forged({"alg": "HS256", "kid": "hs", "x5u": "https://attacker.example"}, SECRET.encode()),
            LaunchCode.HEADER,
        ),
        (lambda: forged({"alg": "HS256", "kid": "hs", "x5c": []}, SECRET.encode()), LaunchCode.HEADER),
        (lambda: forged({"alg": "HS256", "kid": "hs", "zip": "DEF"}, SECRET.encode()), LaunchCode.HEADER),
        (lambda: forged({"alg": "HS256", "kid": "hs", "typ": "at+jwt"}, SECRET.encode()), LaunchCode.HEADER),
        *((partial(of_type, typ), LaunchCode.HEADER) for typ in OTHER_TYPES),
        (lambda: token(iss="unknown"), LaunchCode.UNKNOWN_HOST),
        (lambda: token(iss="other-desk"), LaunchCode.UNKNOWN_KEY),
        (lambda: token(iss=None), LaunchCode.UNKNOWN_HOST),
        (
            lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(iss=["desk"])),
            LaunchCode.UNKNOWN_HOST,
        ),
        (lambda: token(aud="elsewhere"), LaunchCode.AUDIENCE),
        (lambda: token(aud=""), LaunchCode.CLAIMS),
        (lambda: token(iat=now() - 200, exp=now() - 40), LaunchCode.EXPIRED),
        (lambda: token(iat=now() + 60, exp=now() + 120), LaunchCode.NOT_YET),
        (lambda: token(nbf=now() + 60), LaunchCode.NOT_YET),
        (lambda: token(iat=now(), exp=now() + 301), LaunchCode.TOO_LONG),
        (lambda: token(iat=now() - 3600, exp=now() + 60), LaunchCode.TOO_LONG),
        (lambda: token(exp=10**12), LaunchCode.TOO_LONG),
        *(
            (lambda name=name: token(**{name: None}), LaunchCode.CLAIMS)
            for name in ("aud", "sub", "iat", "exp", "jti", "customer_id")
        ),
        *((lambda name=name: token(**{name: ""}), LaunchCode.CLAIMS) for name in ("sub", "jti", "customer_id")),
        *(
            (lambda name=name, value=value: token(**{name: value}), LaunchCode.CLAIMS)
            for name in ("customer_id", "sub")
            for value in ("..", ".", " ", "a\nb", "x" * 513, "\u202e", "\ud800", "\0")
        ),
        (lambda: token(order_id=".."), LaunchCode.CLAIMS),
        (lambda: token(customer_id=7), LaunchCode.CLAIMS),
        (lambda: token(order_id=7), LaunchCode.CLAIMS),
        (lambda: token(name="x" * 201), LaunchCode.CLAIMS),
        (lambda: token(sub="x" * 201), LaunchCode.CLAIMS),
        (lambda: token(theme=1), LaunchCode.CLAIMS),
        (lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(sub=7)), LaunchCode.CLAIMS),
        (lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(jti=7)), LaunchCode.CLAIMS),
        (
            lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(exp=str(now() + 60))),
            LaunchCode.CLAIMS,
        ),
        (
            lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(exp=float("inf"))),
            LaunchCode.CLAIMS,
        ),
        (
            lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(exp=float("nan"))),
            LaunchCode.CLAIMS,
        ),
        (
            lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(iat=float("nan"))),
            LaunchCode.CLAIMS,
        ),
        (lambda: forged({"alg": "HS256", "kid": "hs"}, SECRET.encode(), claims(exp={})), LaunchCode.CLAIMS),
    ],
)
def test_token_outside_the_rules_is_refused(made: Callable[[], str], expected: LaunchCode) -> None:
    assert reason(made()) is expected


@pytest.mark.parametrize(
    ("made", "issuer"),
    [
        (lambda: "junk", ""),
        (lambda: token(headers={"jku": "https://attacker.example"}), "desk"),
        (lambda: token(iss="unknown"), ""),
        (lambda: token(headers={"kid": "unknown"}), "desk"),
        (lambda: token(None, "none"), "desk"),
        (lambda: token("x" * 40), "desk"),
        (lambda: token(aud="elsewhere"), "desk"),
        (lambda: token(aud=None), "desk"),
        (lambda: token(aud=""), "desk"),
        (lambda: token(customer_id=7), "desk"),
        (lambda: token(name="x" * 201), "desk"),
        (lambda: token(customer_id=".."), "desk"),
        (lambda: token(customer_id="\u202e"), "desk"),
        (lambda: token(iat=now() - 200, exp=now() - 40), "desk"),
        (lambda: token(iat=now() + 60, exp=now() + 120), "desk"),
        (lambda: token(exp=now() + 301), "desk"),
    ],
)
def test_refusal_names_the_host_that_the_token_names(made: Callable[[], str], issuer: str) -> None:
    named = refused(made()).host

    assert (named.issuer if named else "") == issuer


@pytest.mark.parametrize("changes", [{"enabled": False}, {"revoked_agents": ["agent-7"]}])
def test_refusal_of_what_is_switched_off_names_the_host(changes: dict[str, Any]) -> None:
    named = refused(token(), **changes).host

    assert named
    assert named.issuer == "desk"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: token(sub=None), "the claim sub is missing"),
        (lambda: token(exp="soon"), "a claim has no usable value"),
        (lambda: token(customer_id=7), "Expected `str`, got `int` - at `$.customer_id`"),
        (lambda: token(jti=""), "jti must not be empty, sub and name at most 200 characters"),
        (lambda: token(name="x" * 201), "jti must not be empty, sub and name at most 200 characters"),
        (lambda: token(order_id="a/.."), "order_id has a part that is . or .., which no id can have"),
        (lambda: token(customer_id="\u202e"), "customer_id holds what no id can have"),
        (lambda: token(order_id="a\nb"), "order_id holds what no id can have"),
        (lambda: token(sub="a\tb"), "sub holds what no id can have"),
    ],
)
def test_refusal_of_a_claim_says_which_in_the_log(made: Callable[[], str], words: str) -> None:
    refusal = refused(made())

    assert refusal.reason is LaunchCode.CLAIMS
    assert str(refusal) == words


def test_refusal_without_words_of_its_own_says_its_code() -> None:
    assert str(refused(token(aud="elsewhere"))) == "launch-audience"


@pytest.mark.parametrize("fields", [{"crit": ["exp"], "exp": 1}, {"crit": []}, {"crit": ["b64"], "b64": False}])
def test_crit_header_is_refused_whatever_it_names(fields: dict[str, Any]) -> None:
    assert reason(forged({"alg": "HS256", "kid": "hs", **fields}, SECRET.encode())) is LaunchCode.HEADER


@pytest.mark.parametrize("doubled", ["header", "claims"])
def test_token_that_says_a_thing_twice_is_refused(doubled: str) -> None:
    texts = {"header": json.dumps({"alg": "HS256", "kid": "hs"}), "claims": json.dumps(claims())}
    again = {"header": '"alg": "HS256"', "claims": '"customer_id": "C-2"'}

    texts[doubled] = f"{texts[doubled][:-1]}, {again[doubled]}}}"

    signed = ".".join(base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in texts.values())
    signature = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    assert reason(f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}") is LaunchCode.MALFORMED


def test_agent_is_known_without_the_spaces_around() -> None:
    assert check(token(sub=" agent-7 ")).agent == "agent-7"
    assert reason(token(sub=" agent-7 "), revoked_agents=["agent-7"]) is LaunchCode.AGENT_OFF


def test_ids_are_known_without_the_spaces_around() -> None:
    launch = check(token(customer_id=" C 1 ", order_id=" O 1 "))

    assert (launch.customer_id, launch.order_id) == ("C 1", "O 1")


def test_texts_of_the_longest_length_are_taken() -> None:
    launch = check(token(sub="s" * 200, name="n" * 200, customer_id="c" * 512, order_id="o" * 512))

    assert [len(text) for text in (launch.agent, launch.agent_name)] == [200, 200]
    assert [len(text) for text in (launch.customer_id, launch.order_id)] == [512, 512]


def test_token_of_the_longest_length_is_read() -> None:
    padding = next(n for n in range(2000, 4096) if len(token(unknown="x" * n)) > 4096)

    assert len(token(unknown="x" * (padding - 1))) <= 4096
    assert check(token(unknown="x" * (padding - 1))).customer_id == "C-1"
    assert reason(token(unknown="x" * padding)) is LaunchCode.TOO_LARGE


def test_launch_says_when_its_token_ends() -> None:
    ends = now() + 100

    assert check(token(exp=ends)).expires == ends


def test_changed_claims_are_refused() -> None:
    header, _, signature = token().split(".")

    assert reason(f"{header}.{part(claims(customer_id='C-2'))}.{signature}") is LaunchCode.SIGNATURE


def test_host_or_agent_that_is_switched_off_is_refused() -> None:
    assert reason(token(), enabled=False) is LaunchCode.HOST_OFF
    assert reason(token(), revoked_agents=["agent-7"]) is LaunchCode.AGENT_OFF


def test_refusal_never_quotes_the_token() -> None:
    for text in (token(customer_id="pl\nplanted"), token(order_id={"planted": 1}), token(name=["planted"])):
        with pytest.raises(LaunchRefused) as refusal:
            check(text)
        assert "planted" not in str(refusal.value)
