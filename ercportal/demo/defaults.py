"""Settings of a portal under DEBUG that is told nothing else: its API is the sandbox, its host the desktop."""

from __future__ import annotations

from typing import Any

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.sandbox.catalogue import SHOWCASE
from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET

DEFAULTS: dict[str, Any] = {
    "ERC_API_BASE_URL": "http://127.0.0.1:8001",
    "ERC_CLIENT_ID": CLIENT_ID,
    "ERC_CLIENT_SECRET": CLIENT_SECRET,
    "EMBED_HOSTS": [DEMO_DESKTOP.registration()],
    "SAMPLE_ORDERS": [(one.customer_id, one.order_id, one.title, one.is_fault) for one in SHOWCASE],
}
