"""What the tests of several rooms may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from orders.lookup import beside_pages
from tests.support.sandbox import shared_catalogue


@pytest.fixture
def sandbox(settings: Settings) -> Iterator[SandboxServer]:
    """A sandbox that the portal is connected to."""
    with SandboxServer(catalogue=shared_catalogue()) as server:
        settings.ERC_API_BASE_URL, settings.ERC_TOKEN_URL = server.base_url, server.token_url
        settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        settings.ERC_PRIVATE_KEY = ""
        yield server


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The items wait for the head of their order for as long as a busy machine may need."""
    monkeypatch.setattr(beside_pages, "MAX_WAIT_SECONDS", 5.0)
