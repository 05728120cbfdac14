"""What a good launch token says, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orders.embed.errors import LaunchCode
from orders.lookup.find import Kind, Reading
from tests.support.launch_checks import check, now, reason
from tests.support.launching import (
    AUDIENCE,
    ec_key,
    rsa_key,
    token,
)


def test_good_token_says_who_may_see_what() -> None:
    launch = check(
        token(
            name="Jo",
            locale="de",
            zone="Europe/Berlin",
            theme="dark",
            jti="j-1",
            customer_zone="Asia/Tokyo",
            customer_locale="pt_BR",
        )
    )

    assert (launch.host.issuer, launch.key.kid, launch.agent) == ("desk", "hs", "agent-7")
    assert (launch.agent_name, launch.customer_zone, launch.customer_locale) == ("Jo", "Asia/Tokyo", "pt_BR")
    assert (launch.customer_id, launch.order_id, launch.token_id) == ("C-1", "O-1", "j-1")
    assert (launch.locale, launch.zone, launch.theme) == ("de", "Europe/Berlin", "dark")


def test_token_that_says_no_more_than_it_must_leaves_the_rest_empty() -> None:
    launch = check(token(order_id=None))

    assert (launch.order_id, launch.agent_name, launch.customer_zone, launch.customer_locale) == ("", "", "", "")
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


def test_launch_says_when_its_token_ends() -> None:
    ends = now() + 100

    assert check(token(exp=ends)).expires == ends


SOUGHT = {"customer_id": None, "order_id": None}
NUMBER = Reading(Kind.ORDER_NUMBER, "Y34DHR")
EMAIL = Reading(Kind.EMAIL, "ines@mail.example")
PHONE = Reading(Kind.PHONE, "+351910000001")


@pytest.mark.parametrize(
    ("named", "sought"),
    [
        ({"email": " Ines@Mail.example "}, (EMAIL,)),
        ({"email": "Ines Duarte <ines@mail.example>"}, (EMAIL,)),
        ({"email": "mailto:ines@mail.example"}, (EMAIL,)),
        ({"phone": "00351 910 000 001"}, (PHONE,)),
        ({"phone": "tel:+351-910-000-001;ext=7"}, (PHONE,)),
        ({"phone": "\u200e+351 910 000 001 (mobile)"}, (PHONE,)),
        ({"phone": "2125550123"}, (Reading(Kind.PHONE, "2125550123"),)),
        ({"order_number": " #Y34DHR"}, (NUMBER,)),
        (
            {"phone": "+351910000001", "email": "ines@mail.example", "order_number": "Y34DHR"},
            (NUMBER, EMAIL, PHONE),
        ),
        ({"email": "ines@mail.example", "phone": "", "order_number": None, "customer_id": ""}, (EMAIL,)),
    ],
    ids=str,
)
def test_launch_without_a_customers_id_says_what_to_search_for(
    named: dict[str, str | None], sought: tuple[Reading, ...]
) -> None:
    launch = check(token(**{**SOUGHT, **named}))

    assert (launch.customer_id, launch.sought) == ("", sought)


def test_customers_id_needs_no_search_whatever_else_is_named() -> None:
    launch = check(token(email="ines@mail.example", phone="unknown", order_number="…"))

    assert (launch.customer_id, launch.sought) == ("C-1", ())


def test_order_may_be_named_with_what_finds_its_customer() -> None:
    launch = check(token(customer_id=None, email="ines@mail.example"))

    assert (launch.order_id, launch.sought) == ("O-1", (EMAIL,))
