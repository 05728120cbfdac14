"""Lighthouse's accessibility and best-practices scores of the portal's pages: `make lighthouse`.

Starts a demo of its own, signs in, and prints a line per page. Exits with 1 where a score is below 100. Lighthouse
is fetched by npm into the virtual environment; it needs Node.js 18.20 or later, and a Chromium.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from ercportal.demo.stopping import Stoppable
from tests.support.paths import ROOT
from tests.support.states import STATES

LIGHTHOUSE = ROOT / ".venv/tools/lighthouse/node_modules/lighthouse/cli/index.js"
PORT = 8790
SITE = f"http://localhost:{PORT}"
CATEGORIES = ("accessibility", "best-practices")
# No error pages: a browser notes their status in its console, which Lighthouse counts against them.
PAGES = ("start", "one item", "many items", "every status", "filtered", "empty", "hostile", "time zone")
_LISTENING_SECONDS = 60


def main() -> int:
    """Print the scores; 1 where one is below 100."""
    with tempfile.TemporaryDirectory() as folder:
        demo = subprocess.Popen(
            [
                sys.executable,
                ROOT / "manage.py",
                "demo",
                *("--port", str(PORT), "--sandbox-port", str(PORT + 1), "--desktop-port", str(PORT + 2)),
            ],
            env={**os.environ, "ENV_FILE": "/dev/null", "DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder}/db"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            cookies = _signed_in(demo)
            scores = {"sign in": _scores("/login/", "")}
            scores |= {name: _scores(STATES[name], cookies) for name in PAGES}
        finally:
            demo.terminate()
            demo.wait()
    for name, found in scores.items():
        print(f"{name:<14}", "  ".join(f"{category} {score}" for category, score in found.items()))
    return int(any(score < 100 for found in scores.values() for score in found.values()))


def _signed_in(demo: subprocess.Popen[str]) -> str:
    """The cookies of the demo's agent, once the demo answers."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    ends = time.monotonic() + _LISTENING_SECONDS
    while True:
        try:
            form = browser.open(f"{SITE}/login/").read().decode()
            break
        except OSError:
            if time.monotonic() > ends or demo.poll() is not None:
                raise
            time.sleep(0.5)
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert secret, "the sign-in page has no form"
    sent = {"username": "agent", "password": "agent-demo", "csrfmiddlewaretoken": secret[1]}
    landed = browser.open(f"{SITE}/login/", urllib.parse.urlencode(sent).encode())
    assert not landed.url.endswith("/login/"), "the demo's agent could not sign in"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _scores(path: str, cookies: str) -> dict[str, int]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert chromium, "no Chromium on this machine: make browser installs it"
    node = shutil.which("node")
    assert node, "no Node.js on this machine"
    ran = subprocess.run(
        [
            node,
            LIGHTHOUSE,
            SITE + path,
            "--quiet",
            "--ignore-status-code",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--extra-headers={json.dumps({'Cookie': cookies})}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
        timeout=120,
    )
    report = json.loads(ran.stdout)
    assert report["finalDisplayedUrl"] == SITE + path, f"{path} led to {report['finalDisplayedUrl']}"
    for audit in report["audits"].values():
        if audit["score"] not in (None, 1):
            print("  ", path, audit["id"], audit["title"])
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}


if __name__ == "__main__":
    with Stoppable():
        sys.exit(main())
