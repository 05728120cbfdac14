"""Settings of a portal under DEBUG that is told nothing else: its API is the sandbox, its host the desktop."""

from __future__ import annotations

from typing import Any

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.samples import SAMPLE_SEARCHES
from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET

DEFAULTS: dict[str, Any] = {
    "ERC_API_BASE_URL": "http://127.0.0.1:8001",
    "ERC_CLIENT_ID": CLIENT_ID,
    "ERC_CLIENT_SECRET": CLIENT_SECRET,
    "EMBED_HOSTS": DEMO_DESKTOP.registrations(),
    "SAMPLE_SEARCHES": [tuple(one) for one in SAMPLE_SEARCHES],
}
