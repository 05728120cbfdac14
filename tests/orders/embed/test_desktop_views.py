"""What each desktop's addresses have in common, whatever its kind."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.desktop_entries import ENTRIES, entry
from tests.support.pages import HTMX, soup
from tests.support.panels import policy
from tests.support.stub_erc import StubErc

FRAME = {"Sec-Fetch-Dest": "iframe"}
SIGNED = ("sf", "zd")
NAMED = {"slug": "nested", "origins": ["https://a.example", "https://*.b.example"]}
OWN_SCRIPTS = ("panel.js", "contact.js", "sign_in.js", "own.js", *(f"{one['kind']}.js" for one in ENTRIES))


@pytest.fixture(autouse=True)
def _desktops(settings: Settings, _hosts: None) -> None:
    settings.EMBED_HOSTS = [*ENTRIES, entry("cx", **NAMED)]
    registry.cache_clear()


def page(client: Client, slug: str, **headers: str) -> Any:
    """The page at a desktop's address, in its frame."""
    return client.get(f"/embed/{slug}/", {"customer": "C-1"}, headers={**FRAME, **headers})


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES])
def test_page_may_be_framed_by_the_desktop_alone(client: Client, slug: str) -> None:
    response = page(client, slug)

    assert response.status_code == (403 if slug in SIGNED else 200)
    assert policy(response) == " ".join(entry(slug)["origins"])
    assert "X-Frame-Options" not in response


def test_page_may_be_framed_by_each_origin_around_it(client: Client) -> None:
    assert policy(page(client, "nested")) == "https://a.example https://*.b.example"


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES])
def test_refusal_of_a_launch_may_be_framed_by_the_desktop_alone(client: Client, slug: str) -> None:
    response = client.post(f"/embed/{slug}/launch", {"token": "x", "signed_request": "x.y"}, headers=FRAME)

    if slug in SIGNED:
        assert response.status_code in (400, 403)
        assert policy(response) == " ".join(entry(slug)["origins"])
    else:
        assert response.status_code == 404
        assert policy(response) == "'none'"


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES if one["slug"] not in SIGNED])
def test_page_loads_the_scripts_of_its_kind_alone(client: Client, slug: str) -> None:
    loaded = [str(script["src"]).rpartition("/")[2] for script in soup(page(client, slug)).select("script[src]")]

    assert [name for name in loaded if name in OWN_SCRIPTS] == [
        "panel.js",
        "contact.js",
        "sign_in.js",
        f"{entry(slug)['kind']}.js",
    ]


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES])
def test_address_alone_gives_nothing(client: Client, erc: StubErc, slug: str) -> None:
    response = page(client, slug)

    assert "C-1" not in response.content.decode()
    assert "data-embed-token" not in response.content.decode()
    assert "Set-Cookie" not in response
    assert response["Referrer-Policy"] == "no-referrer"
    assert erc.asked == erc.family_asked == []


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES if one["slug"] not in SIGNED])
def test_page_that_is_no_frame_is_refused(client: Client, slug: str) -> None:
    response = page(client, slug, **{"Sec-Fetch-Dest": "document"})

    assert response.status_code == 403
    assert "launch-not-framed" in response.content.decode()


@pytest.mark.parametrize("path", ["", "launch", "context", "session", "code"])
def test_desktop_that_there_is_not_has_no_address(client: Client, path: str) -> None:
    response = client.get("/embed/elsewhere/") if not path else client.post(f"/embed/elsewhere/{path}")

    assert response.status_code == 404
    assert policy(response) == "'none'"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES])
@pytest.mark.parametrize("token", ["", "forged"])
def test_contact_without_a_session_is_refused(client: Client, erc: StubErc, slug: str, token: str) -> None:
    response = client.post(
        f"/embed/{slug}/context", {"customer_id": "C-1"}, headers={**HTMX, "Embed-Token": token}
    )

    assert response.status_code == 401
    assert "Embed-Token" not in response
    assert erc.asked == erc.family_asked == []


@pytest.mark.parametrize("slug", [one["slug"] for one in ENTRIES if one["slug"] not in SIGNED])
def test_desktop_that_is_switched_off_has_no_panel(client: Client, settings: Settings, slug: str) -> None:
    settings.EMBED_HOSTS = [entry(slug, enabled=False)]
    registry.cache_clear()

    response = page(client, slug)

    assert response.status_code == 403
    assert "host-off" in response.content.decode()
    assert policy(response) == " ".join(entry(slug)["origins"])
