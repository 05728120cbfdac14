from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.desktop_entries import ENTRIES, SECRETS, entry

PORTAL = "https://portal.example"


@pytest.fixture(autouse=True)
def desktops(settings: Settings) -> None:
    """One desktop of each kind."""
    settings.EMBED_HOSTS = list(ENTRIES)
    settings.EMBED_HOSTS_FILE = ""
    registry.cache_clear()


def printed(slug: str, **options: Any) -> str:
    """What the command says of a desktop."""
    out = io.StringIO()
    call_command("embed_guide", slug, portal=PORTAL, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("slug", "texts"),
    [
        ("sf", [f"{PORTAL}/embed/sf/launch", "Signed Request (POST)", "<apex:canvasApp", "customer_id: "]),
        (
            "connect",
            [f"{PORTAL}/embed/connect/", "clipboard-write", "Contact.Attributes.View", "allow-popups-to-escape"],
        ),
        ("genesys", [f"{PORTAL}/embed/genesys/?gcConversationId={{{{gcConversationId}}}}", "{{gcLangTag}}"]),
        ("chat", [f"{PORTAL}/embed/chat/"]),
        ("cx", [f"{PORTAL}/embed/cx/?customer=…&order=…&phone=…"]),
    ],
)
def test_guide_says_what_to_paste(slug: str, texts: list[str]) -> None:
    guide = printed(slug)

    assert [text for text in texts if text not in guide] == []
    assert entry(slug)["origins"][0] in guide


def test_names_in_the_address_are_encoded(settings: Settings) -> None:
    settings.EMBED_HOSTS = [entry("cx", customer_from=["query.customer id&x"], order_from=None, phone_from=None)]
    registry.cache_clear()

    assert f"{PORTAL}/embed/cx/?customer%20id%26x=…" in printed("cx")


def test_guide_asks_for_the_telephone_number_s_permission_only_where_it_is_read(settings: Settings) -> None:
    with_phone = printed("connect")
    connect = {key: value for key, value in entry("connect").items() if key != "phone_from"}
    settings.EMBED_HOSTS = [connect]
    registry.cache_clear()

    without = printed("connect")

    assert "Contact.CustomerDetails.View" in with_phone
    assert "Contact.CustomerDetails.View" not in without


def test_guide_of_zendesk_writes_the_app_to_upload(tmp_path: Path) -> None:
    file = tmp_path / "app.zip"

    guide = printed("zd", zip=file)

    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = archive.namelist()
    location = manifest["location"]["support"]["ticket_sidebar"]
    assert location["url"] == f"{PORTAL}/embed/zd/launch"
    assert (manifest["signedUrls"], manifest["frameworkVersion"]) == (True, "2.0")
    assert {"author", "defaultLocale", "name", "version"} <= set(manifest)
    assert {"translations/en.json", "assets/logo.png", "assets/logo-small.png"} <= set(names)
    assert location["url"] in guide
    assert str(file) in guide


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES])
def test_guide_prints_no_secret(slug: str, tmp_path: Path) -> None:
    guide = printed(slug, zip=tmp_path / "app.zip")

    assert [secret for secret in SECRETS if secret in guide] == []


def test_guide_of_an_unknown_desktop_names_those_there_are() -> None:
    with pytest.raises(CommandError, match="zd"):
        printed("elsewhere")


def test_guide_says_where_the_app_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        printed("zd", zip=tmp_path / "missing" / "app.zip")


def test_guide_without_a_portal_takes_the_address_of_the_settings(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["orders.example"]
    out = io.StringIO()

    call_command("embed_guide", "chat", stdout=out)

    assert "https://orders.example/embed/chat/" in out.getvalue()
