from __future__ import annotations

import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.orders.accounts.conftest import set_up
from tests.support.log_lines import Lines
from tests.support.oidc_provider import Provider
from tests.support.pages import one, soup, text

pytestmark = pytest.mark.django_db


def path_of(address: str) -> str:
    """What the browser asks the portal for."""
    parts = urlsplit(address)
    assert parts.netloc == "testserver"
    return f"{parts.path}?{parts.query}"


def signed_in(client: Client, provider: Provider, subject: str, path: str = "/sso/") -> Any:
    """The portal's answer at the end of the whole way."""
    start = client.get(path)
    return client.get(path_of(provider.signs_in(start["Location"], subject)))


def test_start_asks_the_provider_for_a_code_with_pkce_state_and_nonce(client: Client, provider: Provider) -> None:
    response = client.get("/sso/")

    address = urlsplit(response["Location"])
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (response.status_code, address.path) == (302, "/oauth2/authorize")
    assert query["redirect_uri"] == "http://testserver/sso/callback"
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["scope"] == "openid profile email"
    assert all(len(query[name]) >= 20 for name in ("code_challenge", "state", "nonce"))


def test_agent_signs_in_and_lands_where_they_wanted_to(client: Client, provider: Provider) -> None:
    provider.knows("s-1", preferred_username="Jörg Müller", email="planted@example.com")
    wanted = "/orders/?customer_id=C-1%26x"

    response = signed_in(client, provider, "s-1", "/sso/?next=/orders/%3Fcustomer_id%3DC-1%2526x")

    account = User.objects.get()
    assert (response.status_code, response["Location"]) == (302, wanted)
    assert client.get("/orders/").status_code == 200
    assert account.username == "Jörg-Müller"
    assert not account.has_usable_password()
    assert not account.is_staff


@pytest.mark.parametrize("following", ["https://attacker.example/", "//attacker.example/", "javascript:alert(1)"])
def test_sign_in_goes_on_to_the_portal_only(client: Client, provider: Provider, following: str) -> None:
    response = signed_in(client, provider, "s-2", f"/sso/?next={following}")

    assert response["Location"] == "/orders/"


def test_account_stays_the_same_when_its_name_changes(client: Client, provider: Provider) -> None:
    provider.knows("s-3", preferred_username="before")
    signed_in(client, provider, "s-3")
    provider.knows("s-3", preferred_username="after")

    signed_in(Client(), provider, "s-3")

    assert User.objects.get().username == "before"


def test_same_name_and_address_of_another_person_opens_nothing(client: Client, provider: Provider) -> None:
    local = User.objects.create_user("agent", email="agent@example.com", password="correct horse battery")
    for subject in ("s-4", "s-5"):
        provider.knows(subject, preferred_username="agent", email="agent@example.com")
        signed_in(Client(), provider, subject)

    names = set(User.objects.exclude(pk=local.pk).values_list("username", flat=True))
    assert names == {"agent-2", "agent-3"}


def test_account_that_got_a_password_is_not_opened(client: Client, provider: Provider) -> None:
    signed_in(client, provider, "s-6")
    account = User.objects.get()
    account.set_password("correct horse battery")
    account.save()

    assert signed_in(Client(), provider, "s-6").status_code == 403


def test_account_that_is_switched_off_is_not_opened(client: Client, provider: Provider) -> None:
    signed_in(client, provider, "s-7")
    User.objects.update(is_active=False)

    response = signed_in(Client(), provider, "s-7")

    assert response.status_code == 403
    assert client.get("/orders/").status_code == 302


@pytest.mark.parametrize(
    ("given", "groups", "is_staff"),
    [
        (["desk"], ["agent"], False),
        (["leads", "others"], ["supervisor"], True),
        (["desk", "ops"], ["agent", "engineer"], True),
        ("desk", ["agent"], False),
    ],
)
def test_groups_of_the_provider_give_those_of_the_portal(
    client: Client, provider: Provider, settings: Settings, given: Any, groups: list[str], is_staff: bool
) -> None:
    settings.OIDC_GROUPS = {"desk": "agent", "leads": "supervisor", "ops": "engineer"}
    provider.knows("s-8", groups=given)

    signed_in(client, provider, "s-8")

    account = User.objects.get()
    assert sorted(account.groups.values_list("name", flat=True)) == groups
    assert (account.is_staff, account.is_superuser) == (is_staff, False)


def test_without_a_mapping_everybody_is_an_agent(client: Client, provider: Provider) -> None:
    provider.knows("s-9", groups=["engineer", "supervisor"])

    signed_in(client, provider, "s-9")

    assert [group.name for group in User.objects.get().groups.all()] == ["agent"]
    assert not User.objects.get().is_staff


def test_rights_are_set_anew_at_each_sign_in(client: Client, provider: Provider, settings: Settings) -> None:
    settings.OIDC_GROUPS = {"desk": "agent", "leads": "supervisor"}
    provider.knows("s-10", groups=["leads"])
    signed_in(client, provider, "s-10")
    account = User.objects.get()
    account.is_superuser = True
    account.save()
    account.groups.add(Group.objects.get_or_create(name="engineer")[0])
    provider.knows("s-10", groups=["desk"])

    signed_in(Client(), provider, "s-10")

    account.refresh_from_db()
    assert [group.name for group in account.groups.all()] == ["agent"]
    assert not account.is_staff
    assert not account.is_superuser


@pytest.mark.parametrize("given", [None, [], ["others"], [["leads"]], {"leads": True}, 7])
def test_person_in_no_group_is_refused_and_loses_what_they_had(
    client: Client, provider: Provider, settings: Settings, given: Any
) -> None:
    settings.OIDC_GROUPS = {"leads": "supervisor"}
    provider.knows("s-11", groups=["leads"])
    signed_in(client, provider, "s-11")
    provider.knows("s-11", groups=given)

    response = signed_in(Client(), provider, "s-11")

    account = User.objects.get()
    assert response.status_code == 403
    assert text(soup(response), "code") == response["X-Correlation-ID"]
    assert not account.groups.exists()
    assert not account.is_staff


def test_stranger_in_no_group_gets_no_account(client: Client, provider: Provider, settings: Settings) -> None:
    settings.OIDC_GROUPS = {"leads": "supervisor"}

    response = signed_in(client, provider, "s-12")

    assert response.status_code == 403
    assert not User.objects.exists()
    assert client.get("/orders/").status_code == 302


def test_denial_is_told_with_its_reference_and_logged_once(client: Client, provider: Provider, log: Lines) -> None:
    start = client.get("/sso/")

    response = client.get(path_of(provider.denies(start["Location"])))

    assert response.status_code == 403
    assert text(soup(response), "code") == response["X-Correlation-ID"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert [entry["reason"] for entry in log.entries("single sign-on refused")] == ["denied"]


def test_code_is_good_once_and_for_the_window_that_began(client: Client, provider: Provider) -> None:
    back = path_of(provider.signs_in(client.get("/sso/")["Location"], "s-13"))

    stolen = Client().get(back)
    first = client.get(back)
    again = client.get(back)

    assert [answer.status_code for answer in (stolen, first, again)] == [400, 302, 400]
    assert one(soup(again), "[data-reason]")["data-reason"] == "state"


def test_code_that_the_provider_does_not_know_is_refused(client: Client, provider: Provider) -> None:
    query = parse_qs(urlsplit(client.get("/sso/")["Location"]).query)

    response = client.get("/sso/callback", {"state": query["state"][0], "code": "planted"})

    assert response.status_code == 400
    assert one(soup(response), "[data-reason]")["data-reason"] == "code"


def test_provider_that_cannot_be_reached_is_told(client: Client, settings: Settings, log: Lines) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        set_up(settings, f"http://127.0.0.1:{probe.getsockname()[1]}")

    response = client.get("/sso/")

    assert response.status_code == 503
    assert [entry["reason"] for entry in log.entries("single sign-on refused")] == ["unreachable"]


def test_nothing_secret_is_logged_on_the_way(client: Client, provider: Provider, log: Lines) -> None:
    provider.knows("s-planted", preferred_username="planted-name", email="planted@example.com")
    start = client.get("/sso/")
    back = path_of(provider.signs_in(start["Location"], "s-planted"))
    client.get(back)

    said = "".join(log.lines)
    asked = {**parse_qs(urlsplit(start["Location"]).query), **parse_qs(urlsplit(back).query)}
    secrets = [asked[name][0] for name in ("nonce", "state", "code", "code_challenge")]
    assert not [secret for secret in [*secrets, "planted", "verifier"] if secret in said]


def test_sign_in_page_offers_a_plain_link_that_keeps_next(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_NAME = "Example <b>"

    page = soup(client.get("/login/?next=/orders/%3Fcustomer_id%3DC-1"))

    link = one(page, ".sign-in a.button")
    assert link.get_text() == "Sign in with Example <b>"
    assert link["href"] == "/sso/?next=%2Forders%2F%3Fcustomer_id%3DC-1"
    assert one(page, "input[name=password]")


def test_signed_in_agent_is_not_asked_again(browser: Client, provider: Provider) -> None:
    assert browser.get("/sso/")["Location"] == "/orders/"


@pytest.mark.parametrize("path", ["/sso/", "/sso/callback"])
def test_without_a_provider_there_is_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert not soup(client.get("/login/")).select(".sign-in a.button")
