"""Every page is valid HTML, by the checker of the HTML standard's community (vnu)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from orders.embed.registry import registry
from tests.support.launching import AUDIENCE, host, token
from tests.support.states import STATES

JAR = Path(site.BASE_DIR) / ".venv/tools/node_modules/vnu-jar/build/dist/vnu.jar"
# htmx reads attributes of its own, which the standard leaves to data-*.
HTMX = ("--filterpattern", ".*Attribute “hx-[a-z-]+” not allowed.*")


@pytest.fixture
def pages(client: Client, admin_user: object, settings: Settings, tmp_path: Path) -> Path:
    """A folder with every page, as an agent and as a desktop get them, in English and in Arabic."""
    settings.EMBED_HOSTS = [host()]
    settings.EMBED_AUDIENCE = AUDIENCE
    registry.cache_clear()
    taken: dict[str, bytes] = {"sign in": client.get("/login/").content}
    with SandboxServer() as sandbox:
        settings.ERC_API_BASE_URL = sandbox.base_url
        settings.ERC_TOKEN_URL = sandbox.token_url
        settings.ERC_CLIENT_ID = CLIENT_ID
        settings.ERC_CLIENT_SECRET = CLIENT_SECRET
        client.force_login(admin_user)  # type: ignore[arg-type] # the fixture's user
        for code in ("en", "ar"):
            for name, path in STATES.items():
                taken[f"{name} {code}"] = client.get(path, headers={"Accept-Language": code}).content
            taken[f"panel {code}"] = client.post("/embed/launch", {"token": token(locale=code, jti=code)}).content
    for name, claims in {
        "by e-mail": {"customer_id": None, "email": "i@mail.example"},
        "of a customer": {},
    }.items():
        launch = client.post("/embed/launch", {"token": token(order_id=None, **claims)})
        taken[f"panel {name}"] = launch.content
    taken["panel refused"] = client.post("/embed/launch", {"token": "x"}).content
    taken["inspector"] = client.get("/admin/inspector/").content
    for name, content in taken.items():
        (tmp_path / f"{re.sub(r'[^a-z]+', '-', name)}.html").write_bytes(content)
    return tmp_path


def checked(*arguments: str | Path) -> list[dict[str, Any]]:
    """What the checker says."""
    java = shutil.which("java")
    assert java, "no Java on this machine: make unit installs it"
    assert JAR.exists(), "make unit installs the checker"
    ran = subprocess.run(
        [java, "-jar", JAR, "--format", "json", "--exit-zero-always", *arguments],
        capture_output=True,
        check=True,
        timeout=150,
    )
    found: list[dict[str, Any]] = json.loads(ran.stderr)["messages"]
    return found


@pytest.mark.timeout(180)
def test_every_page_is_valid(pages: Path) -> None:
    found = checked(*HTMX, *pages.glob("*.html"))

    assert len(list(pages.glob("*.html"))) > 2 * len(STATES)
    assert [
        f"{Path(one['url']).stem}: {one['message']} {one.get('extract', '')[:160]}"
        for one in found
        if one["type"] != "info" or one.get("subType") == "warning"
    ] == []


def test_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")

    assert checked(tmp_path / "wrong.html")
