"""Lighthouse's accessibility and best-practices scores of the portal's pages: `make lighthouse`.

Starts a demo of its own and a Chromium that is signed in there, and prints a line per page. Exits with 1 where a
score is below 100. Lighthouse is fetched by npm into the virtual environment; it needs Node.js 18.20 or later.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from ercportal.demo.stopping import Stoppable
from tests.support.chromium import FLAGS, chromium_path
from tests.support.paths import ROOT
from tests.support.states import STATES

LIGHTHOUSE = ROOT / ".venv/tools/lighthouse/node_modules/lighthouse/cli/index.js"
PORT = 8790
SITE = f"http://localhost:{PORT}"
DESKTOP = f"http://127.0.0.1:{PORT + 2}"
DEBUGGING_PORT = PORT + 3
CATEGORIES = ("accessibility", "best-practices")
# No error pages: a browser notes their status in its console, which Lighthouse counts against them.
PAGES = (
    "start",
    "one item",
    "three deliveries",
    "many items",
    "every status",
    "orders",
    "filtered",
    "empty",
    "hostile",
    "time zone",
)
PANELS = {"one item": ("C-1001", "A-20731"), "many items": ("C-1002", "A-20810"), "orders": ("C-1003", "")}
"""The customer and the order of each launch."""

_LISTENING_SECONDS = 60
_PAGE_SECONDS = 300


def main() -> int:
    """Print the scores; 1 where one is below 100."""
    with _demo(), _chromium() as page:
        scores = {"sign in": _scores("/login/")}
        _sign_in(page)
        scores |= {name: _scores(STATES[name]) for name in PAGES}
        scores |= {f"panel, {name}": _scores(_panel(*ids)) for name, ids in PANELS.items()}
    for name, found in scores.items():
        print(f"{name:<20}", "  ".join(f"{category} {score}" for category, score in found.items()))
    return int(any(score < 100 for found in scores.values() for score in found.values()))


@contextmanager
def _demo() -> Iterator[None]:
    ports = (f"--{name}={PORT + at}" for at, name in enumerate(("port", "sandbox-port", "desktop-port")))
    with tempfile.TemporaryDirectory() as folder:
        demo = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "demo", *ports],
            env={**os.environ, "ENV_FILE": "/dev/null", "DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder}/db"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_it_answers(demo)
            yield
        finally:
            demo.terminate()
            demo.wait()


def _wait_until_it_answers(demo: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _LISTENING_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{SITE}/login/").close()
        except OSError:
            if time.monotonic() > ends or demo.poll() is not None:
                raise
            time.sleep(0.5)
        else:
            return


@contextmanager
def _chromium() -> Iterator[Page]:
    """A page of the browser that Lighthouse opens its own in, so that a sign-in there is its, too."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        args = [*FLAGS, f"--remote-debugging-port={DEBUGGING_PORT}"]
        context = playwright.chromium.launch_persistent_context(folder, executable_path=chromium_path(), args=args)
        yield context.pages[0]
        context.close()


def _sign_in(page: Page) -> None:
    page.goto(f"{SITE}/login/")
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", "agent-demo")
    page.click("main button[type=submit]")
    page.wait_for_url(f"{SITE}/orders/")
    page.goto("about:blank")


def _panel(customer_id: str, order_id: str) -> str:
    """The address of a panel that the demo's desktop launches; good once. A demo shows it without a frame."""
    claims = urllib.parse.urlencode({"customer_id": customer_id, "order_id": order_id})
    with urllib.request.urlopen(f"{DESKTOP}/launch-token?{claims}") as answer:
        token = answer.read().decode()
    return f"/embed/?{urllib.parse.urlencode({'token': token})}"


def _scores(path: str) -> dict[str, int]:
    node = shutil.which("node")
    assert node, "no Node.js on this machine"
    ran = subprocess.run(
        [
            node,
            LIGHTHOUSE,
            SITE + path,
            f"--port={DEBUGGING_PORT}",
            "--disable-storage-reset",
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
        ],
        capture_output=True,
        check=True,
        timeout=_PAGE_SECONDS,
    )
    report = json.loads(ran.stdout)
    # The panel takes its token out of its address.
    shown = path.partition("?token=")[0]
    assert report["finalDisplayedUrl"] == SITE + shown, f"{shown} led to {report['finalDisplayedUrl']}"
    for audit in report["audits"].values():
        if audit["score"] not in (None, 1):
            print("  ", shown, audit["id"], audit["title"])
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}


if __name__ == "__main__":
    with Stoppable():
        sys.exit(main())
