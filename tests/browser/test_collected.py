"""The portal as production serves it: with collected style and scripts, each under the name of its hash."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import go_on
from tests.support.paths import ROOT
from tests.support.stub_erc import Reply, StubErc, item, page

_ADD_AGENT = (
    "from django.contrib.auth.models import User; User.objects.create_user('agent', password='orders-1234')"
)

_HASHED = re.compile(r"[\w.-]+\.[0-9a-f]{12}\.(?:css|js)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the portal did not start")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with StubErc() as stub:
        stub.items = lambda asked: Reply(
            content=page(item("a" if "cursor" not in asked.query else "b"), next_cursor="more")
        )
        port = _free_port()
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.support.collected_settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "0",
            "SECRET_KEY": "a-key-of-many-different-signs-0123456789-abcdefghijklmnop",
            "ALLOWED_HOSTS": "localhost",
            "CSRF_TRUSTED_ORIGINS": f"http://localhost:{port}",
            "COLLECTED": str(tmp_path / "static"),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
            "ERC_API_BASE_URL": stub.base_url,
            "ERC_TOKEN_URL": f"{stub.base_url}/oauth/token",
            "ERC_CLIENT_ID": "client",
            "ERC_CLIENT_SECRET": "secret",
            "PORT": str(port),
            "WEB_WORKERS": "1",
        }
        for command in (
            ["migrate", "-v0"],
            ["collectstatic", "--noinput", "-v0"],
            ["shell", "-v0", "-c", _ADD_AGENT],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        server = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "ercportal.wsgi"]
        with subprocess.Popen(server, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as running:
            try:
                _wait_for(f"http://localhost:{port}/login/")
                yield f"http://localhost:{port}"
            finally:
                running.terminate()


def _signed_in(chromium: Browser, address: str, told: list[str]) -> Page:
    tab = chromium.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    tab.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.goto(f"{address}/login/")
    tab.fill("[name=username]", "agent")
    tab.fill("[name=password]", "orders-1234")
    go_on(tab, "main button[type=submit]")
    return tab


def test_page_works_with_collected_style_and_scripts(chromium: Browser, address: str) -> None:
    told: list[str] = []
    tab = _signed_in(chromium, address, told)
    tab.goto(f"{address}/orders/?customer_id=C-1&order_id=O-1")
    sheets = tab.eval_on_selector_all("link[rel=stylesheet]", "all => all.map(one => one.href)")
    scripts = tab.eval_on_selector_all("script[src]", "all => all.map(one => one.src)")

    expect(tab.locator("[data-item-id]")).to_have_count(2)
    tab.click("#message [data-copy-message]")
    expect(tab.locator("#announce")).to_have_text("Copied")
    tab.fill("#narrow [name=words]", "nothing has this name")
    expect(tab.locator("[data-item-id]:visible")).to_have_count(0)
    tab.locator("h1").click()
    tab.keyboard.press("?")
    expect(tab.locator("#keys")).to_be_visible()
    # What has more to load is in rows, however few are there.
    corners = tab.locator("#cards.rows").evaluate("rows => getComputedStyle(rows).borderRadius")

    assert len(sheets) >= 3
    assert len(scripts) >= 9
    assert all(_HASHED.fullmatch(Path(name).name) for name in [*sheets, *scripts])
    assert corners != "0px"
    assert told == []
    tab.context.close()
