"""Whoever signs in lands on the first page that they may open; a refusal offers those pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.admin_site import _TOOLS
from orders.accounts.landing import ADMIN_PERMISSIONS
from tests.orders.accounts.test_single_sign_on import signed_in
from tests.support.oidc_provider import Provider
from tests.support.pages import one, soup, text
from tests.support.passwords import PASSWORD

pytestmark = pytest.mark.django_db

LOOK_UP, ADMIN = "/orders/", "/admin/"
LANDINGS = {
    "agent": LOOK_UP,
    "supervisor": ADMIN,
    "engineer": ADMIN,
    "agent and supervisor": LOOK_UP,
    "superuser": LOOK_UP,
    "nobody": "/",
    "staff without a permission": "/",
    "engineer who is no staff": "/",
}
landings = pytest.mark.parametrize(("role", "landing"), LANDINGS.items())


def account(role: str) -> User:
    """An account in exactly these groups."""
    user = User.objects.create_user(
        "somebody",
        password=PASSWORD,
        is_superuser=role == "superuser",
        is_staff=role not in ("agent", "nobody", "engineer who is no staff"),
    )
    user.groups.set(Group.objects.filter(name__in=role.replace(" who is no staff", "").split(" and ")))
    return user


def offered(page: BeautifulSoup) -> list[str]:
    """Where the refusal leads, without the sign-out."""
    return [str(link["href"]) for link in page.select("main a.button")]


@landings
def test_password_leads_to_the_first_page_that_one_may_open(client: Client, role: str, landing: str) -> None:
    account(role)

    response = client.post("/login/", {"username": "somebody", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, landing)
    assert client.get(landing).status_code == (403 if landing == "/" else 200)


@landings
def test_home_leads_to_the_first_page_that_one_may_open(client: Client, role: str, landing: str) -> None:
    client.force_login(account(role))

    response = client.get("/")

    if landing == "/":
        assert response.status_code == 403
        assert offered(soup(response)) == []
        assert one(soup(response), "form[action='/logout/'] button").get_text() == "Sign out"
    else:
        assert (response.status_code, response["Location"]) == (302, landing)


@pytest.mark.parametrize(
    ("groups", "landing"), [(["desk"], LOOK_UP), (["leads"], ADMIN), (["ops"], ADMIN), (["ops", "desk"], LOOK_UP)]
)
def test_single_sign_on_leads_to_the_first_page_that_one_may_open(
    client: Client, provider: Provider, settings: Settings, groups: list[str], landing: str
) -> None:
    settings.OIDC_GROUPS = {"desk": "agent", "leads": "supervisor", "ops": "engineer"}
    provider.knows("s-landing", groups=groups)

    response = signed_in(client, provider, "s-landing")

    assert (response.status_code, response["Location"]) == (302, landing)
    assert client.get(landing).status_code == 200
    assert client.get("/sso/")["Location"] == landing
    assert client.get("/login/")["Location"] == landing


def test_sign_in_goes_on_to_a_page_that_one_may_not_open_which_offers_the_others(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_GROUPS = {"leads": "supervisor"}
    provider.knows("s-lead", groups=["leads"])

    response = signed_in(client, provider, "s-lead", "/sso/?next=/orders/")

    refusal = client.get(response["Location"])
    assert (response["Location"], refusal.status_code) == (LOOK_UP, 403)
    assert offered(soup(refusal)) == [ADMIN]


@pytest.mark.parametrize("role", ["agent", "superuser"])
def test_sign_in_page_leads_whoever_is_signed_in_to_their_first_page(client: Client, role: str) -> None:
    client.force_login(account(role))

    assert client.get("/login/")["Location"] == LOOK_UP
    assert client.get("/login/?next=/zone/")["Location"] == "/zone/"


@pytest.mark.parametrize(
    ("role", "page", "pages"),
    [
        ("agent", "/admin/", [LOOK_UP]),
        ("supervisor", "/orders/", [ADMIN]),
        ("supervisor", "/admin/inspector/", [ADMIN]),
        ("agent and supervisor", "/admin/inspector/", [LOOK_UP, ADMIN]),
        ("staff without a permission", "/admin/", []),
        ("nobody", "/orders/", []),
    ],
)
def test_refusal_offers_the_pages_that_one_may_open(
    client: Client, role: str, page: str, pages: list[str]
) -> None:
    client.force_login(account(role))

    response = client.get(page, follow=True)

    html = soup(response)
    assert response.status_code == 403
    assert text(html, "h1") == "Not allowed"
    assert offered(html) == pages
    assert one(html, "main form[method=post][action='/logout/'] [name=csrfmiddlewaretoken]")
    assert one(html, "main form[action='/logout/'] button").get_text() == "Sign out"


def test_sign_out_of_a_refusal_works(settings: Settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("nobody"))
    token = str(one(soup(strict.get("/", follow=True)), "main [name=csrfmiddlewaretoken]")["value"])

    response = strict.post("/logout/", {"csrfmiddlewaretoken": token})

    assert (response.status_code, response["Location"]) == (302, "/login/")
    assert "_auth_user_id" not in strict.session


def test_refusal_is_in_the_language_of_the_page(client: Client) -> None:
    client.force_login(account("supervisor"))

    html = soup(client.get("/orders/", headers={"Accept-Language": "de"}))

    assert [link.get_text() for link in html.select("main a.button")] == ["Zur Verwaltung"]


@pytest.mark.parametrize("permission", ADMIN_PERMISSIONS)
def test_each_page_of_the_admin_is_offered_to_whoever_may_open_it_alone(client: Client, permission: str) -> None:
    user = account("staff without a permission")
    user.user_permissions.add(Permission.objects.get(codename=permission))
    client.force_login(user)

    assert client.get("/")["Location"] == ADMIN
    assert client.get(ADMIN).status_code == 200


def test_each_tool_of_the_admin_opens_it() -> None:
    assert {permission for permission, _name, _title in _TOOLS} <= set(ADMIN_PERMISSIONS)
