"""A form that was open while somebody signed in in another tab."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.support.pages import one, soup

PASSWORD = {"username": "agent", "password": "correct horse battery"}
NEXT = "/orders/?customer_id=C-1&order_id=O-1"


@pytest.fixture
def strict(agent: User) -> Client:
    """A browser whose forms are checked, as all real ones are."""
    return Client(enforce_csrf_checks=True)


def form_token(client: Client, address: str = "/login/") -> str:
    """What the form of a tab that is opened now would send."""
    return str(
        one(
            soup(client.get(address)),
            "main form [name=csrfmiddlewaretoken], #content form [name=csrfmiddlewaretoken]",
        )["value"]
    )


def signed_in_elsewhere(client: Client) -> None:
    response = client.post("/login/", {**PASSWORD, "csrfmiddlewaretoken": form_token(client)})
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [(NEXT, NEXT), ("", "/orders/"), ("https://elsewhere.example/", "/orders/"), ("/admin/", "/admin/")],
)
def test_second_sign_in_goes_on_to_where_one_wanted_to_go(strict: Client, wanted: str, leads_to: str) -> None:
    old = form_token(strict)
    signed_in_elsewhere(strict)

    response = strict.post("/login/", {**PASSWORD, "next": wanted, "csrfmiddlewaretoken": old})

    assert (response.status_code, response["Location"]) == (302, leads_to)


def test_second_sign_in_to_the_admin_goes_on_into_it(strict: Client, agent: User) -> None:
    agent.is_staff = True
    agent.save()
    old = form_token(strict, "/admin/login/")
    signed_in_elsewhere(strict)

    response = strict.post("/admin/login/", {**PASSWORD, "csrfmiddlewaretoken": old})

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_sign_in_that_is_too_old_is_asked_for_again_in_plain_words(strict: Client) -> None:
    old = form_token(strict)
    signed_in_elsewhere(strict)
    strict.session.flush()

    response = strict.post("/login/", {**PASSWORD, "next": NEXT, "csrfmiddlewaretoken": old})

    html = soup(response)
    assert response.status_code == 403
    assert "Sign in again" in one(html, "[role=alert][data-error=sign_in_expired]").get_text()
    assert one(html, "[name=next]")["value"] == NEXT
    assert one(html, "[name=username]")["value"] == "agent"
    fresh = str(one(html, "main [name=csrfmiddlewaretoken]")["value"])
    again = strict.post("/login/", {**PASSWORD, "next": NEXT, "csrfmiddlewaretoken": fresh})
    assert (again.status_code, again["Location"]) == (302, NEXT)


@pytest.mark.parametrize("address", ["/language/", "/admin/login/", "/logout/"])
def test_other_form_that_is_too_old_is_said_to_have_expired(strict: Client, address: str) -> None:
    response = strict.post(address, {**PASSWORD, "csrfmiddlewaretoken": "x" * 64})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_form_that_is_too_old_does_not_sign_in(strict: Client) -> None:
    strict.post("/login/", {**PASSWORD, "csrfmiddlewaretoken": "x" * 64})

    assert "_auth_user_id" not in strict.session
