"""The session of a launch that has to find its customer: what it is sealed with, and to whom it can be bound."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core import signing
from pytest_django.fixtures import Settings

from orders.embed.sessions import EmbedSession, read_session
from orders.embed.sought import unseal_sought
from orders.lookup.find import Kind, Reading
from tests.support.sessions import hosts, session


def unbound(**claims: Any) -> EmbedSession:
    """The session of a launch that has to find its customer."""
    return session(**{"customer_id": None, "order_id": None, "email": "ines@mail.example", **claims})


def test_session_without_a_customer_opens_nothing_and_nobody_can_be_chosen() -> None:
    waiting = read_session(unbound().to_token(), hosts())

    assert not waiting.is_bound
    assert not waiting.may_search
    for customer_id in ("", "C-1"):
        assert not waiting.allows(customer_id, "O-1")
        assert not waiting.allows(customer_id, "")
        assert not waiting.allows_list(customer_id)
        assert not waiting.can_choose(customer_id)


def test_token_says_what_to_search_for_to_this_portal_alone() -> None:
    sought = unbound(email="ines@mail.example", phone="+351910000001", order_number="Y34DHR").to_token()

    content = str(signing.loads(sought, salt="orders.embed.session"))

    assert not [secret for secret in ("ines", "mail.example", "910000001", "Y34DHR") if secret in content]
    assert unseal_sought(read_session(sought, hosts()).sought) == (
        Reading(Kind.ORDER_NUMBER, "Y34DHR"),
        Reading(Kind.EMAIL, "ines@mail.example"),
        Reading(Kind.PHONE, "+351910000001"),
    )


def test_what_another_secret_sealed_is_not_searched_for(settings: Settings) -> None:
    sealed = unbound().sought
    settings.SECRET_KEY = "another" * 10

    assert unseal_sought(sealed) == ()


def test_session_can_be_bound_to_those_who_were_found_and_to_nobody_else() -> None:
    offered = read_session(unbound().offer(["C-1", "C-2"], may_search=False).to_token(), hosts())

    assert offered.can_choose("C-1")
    assert offered.can_choose("C-2")
    assert not offered.can_choose("C-3")
    assert not offered.can_choose("")
    assert not offered.allows("C-1", "O-1")


def test_bound_session_cannot_be_bound_anew() -> None:
    bound = read_session(unbound().offer(["C-1", "C-2"], may_search=True).bind("C-2").to_token(), hosts())

    assert bound.allows("C-2", "O-1")
    assert bound.allows_list("C-2")
    assert not bound.can_choose("C-1")
    assert not bound.allows("C-1", "O-1")
    assert (bound.sought, bound.candidates, bound.may_search) == ("", (), False)


def test_session_of_one_order_stays_so_when_it_is_bound() -> None:
    bound = unbound(order_id="O-1").offer(["C-2"], may_search=False).bind("C-2")

    assert bound.allows("C-2", "O-1")
    assert not bound.allows("C-2", "O-2")
    assert not bound.allows_list("C-2")


def test_list_is_opened_for_the_customer_of_the_session_only() -> None:
    assert session(order_id=None).allows_list("C-1")
    assert not session(order_id=None).allows_list("C-2")
    assert not session().allows_list("C-1")


def test_token_with_the_most_candidates_fits_into_a_header() -> None:
    names = {"name": "n" * 200, "phone": "2125550123", "email": "e" * 60 + "@" + "m" * 60 + ".example"}
    waiting = unbound(**names, order_number="1" * 200)

    offered = waiting.offer([f"C-{number}" * 60 for number in range(1000)], may_search=False)

    assert len(offered.to_token()) < 4096


def test_token_of_a_portal_that_searched_for_nobody_is_read() -> None:
    before = msgspec.to_builtins(session())
    for name in ("sought", "candidates", "may_search"):
        del before[name]

    found = read_session(signing.dumps(before, salt="orders.embed.session", compress=True), hosts())

    assert found == session()
