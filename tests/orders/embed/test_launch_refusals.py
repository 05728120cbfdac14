"""What a refused launch says: its host, the claim that is to blame, and nothing of the token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orders.embed.errors import LaunchCode, LaunchRefused
from tests.support.launch_checks import check, now, refused
from tests.support.launching import (
    token,
)

UNUSABLE = "has no form that can be searched for"


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
        (lambda: token(customer_id=7), "Expected `str | null`, got `int` - at `$.customer_id`"),
        (lambda: token(jti=""), "jti must not be empty, sub and name at most 200 characters"),
        (lambda: token(name="x" * 201), "jti must not be empty, sub and name at most 200 characters"),
        (lambda: token(order_id="a/.."), "order_id has a part that is . or .., which no id can have"),
        (lambda: token(customer_id="\u202e"), "customer_id holds what no id can have"),
        (lambda: token(order_id="a\nb"), "order_id holds what no id can have"),
        (lambda: token(sub="a\tb"), "sub holds what no id can have"),
        (lambda: token(customer_id=None), "one of customer_id, order_number, email and phone is needed"),
        (lambda: token(customer_id="", email=" "), "one of customer_id, order_number, email and phone is needed"),
        (lambda: token(customer_id=None, email=7), "Expected `str | null`, got `int` - at `$.email`"),
        *(
            (lambda name=name, value=value: token(customer_id=None, **{name: value}), f"{name} {UNUSABLE}")
            for name, value in (
                ("email", "ines"),
                ("email", "ines@mail.example\nBcc: other@mail.example"),
                ("email", "i" * 300 + "@mail.example"),
                ("email", "\ud800@mail.example"),
                ("phone", "anonymous"),
                ("phone", "+"),
                ("phone", "9" * 400),
                ("phone", "2026-11-20"),
                ("order_number", "#"),
                ("order_number", "n/a"),
                ("order_number", "1" * 201),
                ("order_number", "\u202e\0"),
            )
        ),
    ],
)
def test_refusal_of_a_claim_says_which_in_the_log(made: Callable[[], str], words: str) -> None:
    refusal = refused(made())

    assert refusal.reason is LaunchCode.CLAIMS
    assert str(refusal) == words


def test_refusal_without_words_of_its_own_says_its_code() -> None:
    assert str(refused(token(aud="elsewhere"))) == "launch-audience"


def test_refusal_never_quotes_the_token() -> None:
    for text in (
        token(customer_id="pl\nplanted"),
        token(order_id={"planted": 1}),
        token(name=["planted"]),
        token(customer_id=None, email="planted"),
        token(customer_id=None, phone="planted", email="planted@mail.example"),
        token(customer_id=None, order_number={"planted": 1}),
    ):
        with pytest.raises(LaunchRefused) as refusal:
            check(text)
        assert "planted" not in str(refusal.value)
