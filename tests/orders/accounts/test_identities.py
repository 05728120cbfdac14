"""Whose account a single sign-on opens, and what it is called."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.accounts import identities
from orders.accounts.errors import SignInCode, SignInRefused
from orders.accounts.identities import account_for, identity_digest
from orders.models import AccessLogEntry, Identity
from tests.support.log_rows import entry
from tests.support.pages import soup, text
from tests.support.passwords import PASSWORD
from tests.support.stub_erc import StubErc

pytestmark = pytest.mark.django_db

SINGLE_SIGN_ON = "orders.accounts.backends.SingleSignOnBackend"


@pytest.fixture(autouse=True)
def _provider_is_set(settings: Settings) -> None:
    settings.OIDC_ISSUER = "https://id.example"
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, SINGLE_SIGN_ON]


def signed_in(subject: str, **claims: Any) -> User:
    return account_for({"sub": subject, **claims})


def test_digest_stays_what_user_names_of_earlier_versions_held() -> None:
    assert identity_digest("https://id.example", "s-é") == "11bd2493be1dc8313b98"


def test_account_is_found_again_by_issuer_and_subject(settings: Settings) -> None:
    first, again, other = signed_in("s-1"), signed_in("s-1"), signed_in("s-2")
    settings.OIDC_ISSUER = "https://other.example"
    elsewhere = signed_in("s-1")

    assert first == again
    assert len({first.pk, other.pk, elsewhere.pk}) == 3
    assert Identity.objects.count() == 3


def test_account_is_found_again_after_an_administrator_has_renamed_it() -> None:
    account = signed_in("s-1", preferred_username="ada")
    User.objects.update(username="countess")

    assert signed_in("s-1", preferred_username="ada") == account
    assert User.objects.get().username == "countess"


def test_user_name_that_a_person_has_gets_a_number() -> None:
    User.objects.create_user("Ada", password=PASSWORD)

    names = [signed_in(f"s-{number}", preferred_username="ada").username for number in range(3)]

    assert names == ["ada-2", "ada-3", "ada-4"]


def test_user_name_of_a_person_in_the_access_log_is_not_given_again() -> None:
    account = signed_in("s-1", preferred_username="ada")
    entry(agent=account.username, account=account.pk)
    account.delete()

    assert signed_in("s-2", preferred_username="ada").username == "ada-2"


def test_id_of_an_agent_of_an_embed_host_takes_no_user_name() -> None:
    entry(agent="ada", host="https://desk.example")

    assert signed_in("s-1", preferred_username="ada").username == "ada"


def test_user_name_that_reads_like_another_identity_opens_nothing() -> None:
    account = signed_in("s-1", preferred_username="ada")
    digest = identity_digest("https://id.example", "s-1")

    other = signed_in("s-2", preferred_username=f"ada-{digest}")

    assert other != account


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ({"name": "Ada Lovelace", "preferred_username": "ada"}, "Ada Lovelace"),
        ({"preferred_username": "ada"}, "ada"),
        ({"name": " \x00\u202eAda\n\tLovelace\ud800 ", "preferred_username": "ada"}, "Ada Lovelace"),
        ({"name": ["x"], "preferred_username": "ada"}, "ada"),
        ({"name": "\x00"}, ""),
        ({}, ""),
        ({"name": "n" * 500}, "n" * 150),
    ],
)
def test_name_that_pages_show_is_the_providers(claims: dict[str, Any], shown: str) -> None:
    account = signed_in("s-1", **claims)

    account.refresh_from_db()
    assert account.get_full_name() == shown
    account.full_clean(exclude=["password"])


def test_name_that_pages_show_changes_with_the_providers_and_the_user_name_stays() -> None:
    signed_in("s-1", name="Ada Byron", preferred_username="ada")
    User.objects.update(last_name="Byron")

    signed_in("s-1", name="Ada Lovelace", preferred_username="ada.lovelace")
    signed_in("s-1")

    account = User.objects.get()
    assert (account.get_full_name(), account.username) == ("Ada Lovelace", "ada")


def test_page_shows_the_persons_name_and_the_access_log_the_user_name(client: Client, erc: StubErc) -> None:
    account = signed_in("s-1", name="Ada Lovelace", preferred_username="ada")
    client.force_login(account, backend=SINGLE_SIGN_ON)

    page = soup(client.get("/orders/", {"customer_id": "C-1", "order_id": "O-1"}))

    assert "Ada Lovelace" in text(page, ".account")
    row = AccessLogEntry.objects.get()
    assert (row.agent, row.account) == ("ada", account.pk)


def test_page_shows_the_user_name_of_an_account_without_a_name(browser: Client) -> None:
    assert "agent" in text(soup(browser.get("/orders/")), ".account")


def test_first_sign_in_that_another_one_of_the_same_person_overtakes_finds_its_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free_name = identities._free_name

    def overtaken(name: str) -> str:
        monkeypatch.setattr(identities, "_free_name", free_name)
        signed_in("s-1", preferred_username="ada")
        return "ada-2"

    monkeypatch.setattr(identities, "_free_name", overtaken)

    account = signed_in("s-1", preferred_username="ada")

    assert account == User.objects.get()
    assert account.username == "ada"


def test_first_sign_in_whose_name_another_one_takes_gets_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    free_name = identities._free_name

    def overtaken(name: str) -> str:
        monkeypatch.setattr(identities, "_free_name", free_name)
        signed_in("s-1", preferred_username="ada")
        return name

    monkeypatch.setattr(identities, "_free_name", overtaken)

    account = signed_in("s-2", preferred_username="ada")

    assert account.username == "ada-2"
    assert Identity.objects.get(user=account).digest == identity_digest("https://id.example", "s-2")


def test_first_sign_in_that_is_always_overtaken_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in("s-1", preferred_username="ada")
    monkeypatch.setattr(identities, "_free_name", lambda name: name)

    with pytest.raises(SignInRefused) as refused:
        signed_in("s-2", preferred_username="ada")

    assert refused.value.reason is SignInCode.BUSY
    assert User.objects.count() == 1


def test_identity_ends_with_its_account() -> None:
    signed_in("s-1").delete()

    assert not Identity.objects.exists()
