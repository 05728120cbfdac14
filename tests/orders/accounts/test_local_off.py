from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.oidc_provider import CLIENT_ID
from tests.support.pages import one, soup

PASSWORD = "correct horse battery"
SINGLE_SIGN_ON = "orders.accounts.backends.SingleSignOnBackend"


@pytest.fixture(autouse=True)
def _local_off(settings: Settings, db: None) -> None:
    settings.LOCAL_SIGN_IN = False
    settings.OIDC_ISSUER = "https://id.example"
    settings.OIDC_CLIENT_ID = CLIENT_ID
    settings.AUTHENTICATION_BACKENDS = ["orders.accounts.throttle.ThrottleBackend", SINGLE_SIGN_ON]


def test_sign_in_page_has_no_form(client: Client) -> None:
    page = soup(client.get("/login/"))

    assert not page.select("form.stack, [name=password]")
    assert one(page, ".sign-in a.button")["href"] == "/sso/"


@pytest.mark.parametrize("backend", ["django.contrib.auth.backends.ModelBackend", SINGLE_SIGN_ON])
def test_right_password_is_refused_everywhere(client: Client, settings: Settings, backend: str) -> None:
    settings.AUTHENTICATION_BACKENDS = ["orders.accounts.throttle.ThrottleBackend", backend]
    User.objects.create_superuser("admin", password=PASSWORD)
    form = {"username": "admin", "password": PASSWORD, "next": "/admin/"}

    portal, admin = client.post("/login/", form), client.post("/admin/login/", form)

    assert portal.status_code == 403
    assert (admin.status_code, admin["Location"]) == (302, "/login/?next=%2Fadmin%2F")
    assert "_auth_user_id" not in client.session
    assert authenticate(username="admin", password=PASSWORD) is None


def test_session_that_a_password_began_has_ended(client: Client, settings: Settings) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", SINGLE_SIGN_ON]
    client.force_login(User.objects.create_user("agent"))
    before = client.get("/orders/").status_code
    settings.AUTHENTICATION_BACKENDS = ["orders.accounts.throttle.ThrottleBackend", SINGLE_SIGN_ON]

    assert (before, client.get("/orders/").status_code) == (200, 302)


def test_admin_page_leads_to_the_portals_sign_in_and_back(client: Client) -> None:
    response = client.get("/admin/", follow=True)

    link = one(soup(response), ".sign-in a.button")
    assert link["href"] == "/sso/?next=%2Fadmin%2F"


def test_admin_sign_in_goes_nowhere_else(client: Client) -> None:
    response = client.get("/admin/login/?next=//attacker.example/")

    assert response["Location"] == "/login/?next=%2Fadmin%2F"


def test_staff_get_into_the_admin_and_agents_are_told(client: Client) -> None:
    lead = User.objects.create_user("lead", is_staff=True)
    lead.groups.add(Group.objects.get(name="supervisor"))
    client.force_login(lead, backend=SINGLE_SIGN_ON)
    staff = client.get("/admin/")
    client.force_login(User.objects.create_user("agent"), backend=SINGLE_SIGN_ON)
    agent = client.get("/admin/", follow=True)

    assert (staff.status_code, agent.status_code) == (200, 403)
