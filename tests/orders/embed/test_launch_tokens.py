"""Every way of tampering with a launch token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from orders.embed.errors import LaunchCode
from tests.support.launch_checks import check, forged, now, part, reason
from tests.support.launching import (
    SECRET,
    claims,
    ec_key,
    public_pem,
    rsa_key,
    token,
)


def of_type(typ: object) -> str:
    return forged({"alg": "HS256", "kid": "hs", "typ": typ}, SECRET.encode())


OTHER_TYPES: list[object] = [7, None, {}, [], True, "", "at+jwt", "JWT "]


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


def test_token_of_the_longest_length_is_read() -> None:
    padding = next(n for n in range(2000, 4096) if len(token(unknown="x" * n)) > 4096)

    assert len(token(unknown="x" * (padding - 1))) <= 4096
    assert check(token(unknown="x" * (padding - 1))).customer_id == "C-1"
    assert reason(token(unknown="x" * padding)) is LaunchCode.TOO_LARGE


def test_changed_claims_are_refused() -> None:
    header, _, signature = token().split(".")

    assert reason(f"{header}.{part(claims(customer_id='C-2'))}.{signature}") is LaunchCode.SIGNATURE


def test_host_or_agent_that_is_switched_off_is_refused() -> None:
    assert reason(token(), enabled=False) is LaunchCode.HOST_OFF
    assert reason(token(), revoked_agents=["agent-7"]) is LaunchCode.AGENT_OFF
