from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.desktop_entries import ENTRIES, SECRETS
from tests.support.launching import SECRET, host, rsa_host
from tests.support.pages import one, soup

PAGE = "/admin/orders/embedhost/"


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    """Someone who may see the embed hosts."""
    user = User.objects.create_user("staff", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_embedhost"))
    client.force_login(user)
    return client


def test_hosts_are_shown_without_key_material(staff: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [host(revoked_agents=["agent-9"]), rsa_host(enabled=False)]
    registry.cache_clear()

    page = staff.get(PAGE).content.decode()

    for shown in (
        "desk",
        "https://desk.example",
        "hs",
        "HS256",
        "ES256",
        "agent-9",
        "Off",
        settings.EMBED_AUDIENCE,
    ):
        assert shown in page
    assert SECRET not in page
    assert "PUBLIC KEY" not in page


def test_file_that_cannot_be_used_is_told(staff: Client, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "hosts.json"
    file.write_text(json.dumps([host()]))
    settings.EMBED_HOSTS, settings.EMBED_HOSTS_FILE = [], str(file)
    registry.cache_clear()
    staff.get(PAGE)

    file.write_text("broken")
    page = staff.get(PAGE).content.decode()

    registry.cache_clear()
    of_a_new_process = staff.get(PAGE).content.decode()

    for shown in (page, of_a_new_process):
        assert "the hosts stay as they were: the file does not hold JSON" in shown
        assert "https://desk.example" in shown
        assert SECRET not in shown


def test_file_that_cannot_be_used_and_was_never_saved_is_told(
    staff: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EMBED_HOSTS, settings.EMBED_HOSTS_FILE = [], str(tmp_path / "gone.json")
    registry.cache_clear()

    page = staff.get(PAGE).content.decode()

    assert "no good copy of it is kept: the file cannot be read" in page
    assert "nobody can embed the panel" in page


def test_hosts_need_the_permission(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("other", is_staff=True))

    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("path", ["add/", "1/change/", "1/delete/"])
def test_hosts_cannot_be_changed(staff: Client, path: str) -> None:
    assert staff.get(PAGE + path).status_code == 404


def test_page_only_shows(staff: Client) -> None:
    assert staff.post(PAGE).status_code == 405


def test_overview_leads_to_the_hosts_as_to_the_other_tools(staff: Client) -> None:
    html = soup(staff.get("/admin/"))

    assert one(html, f".tools a[href='{PAGE}']").get_text() == "Embed hosts"


def test_hosts_of_other_kinds_are_shown_with_their_kind_and_slug(staff: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [host(), *ENTRIES]
    registry.cache_clear()

    page = staff.get(PAGE).content.decode()

    assert [text for text in ("Salesforce Canvas", "sf", "Plain address", "cx") if text not in page] == []
    assert [secret for secret in SECRETS if secret in page] == []
