from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.orders.embed.launching import AUDIENCE, host, rsa_host


@pytest.fixture(autouse=True)
def _hosts(settings: Settings, db: None) -> None:
    settings.EMBED_HOSTS = [host(), rsa_host()]
    settings.EMBED_HOSTS_FILE = ""
    settings.EMBED_AUDIENCE = AUDIENCE
    registry.cache_clear()
