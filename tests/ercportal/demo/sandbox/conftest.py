"""A running sandbox and a client that keeps to the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ercportal.demo.sandbox.server import SandboxServer
from tests.ercportal.demo.sandbox.family_client import FamilyClient
from tests.support.api_client import ApiClient
from tests.support.sandbox import shared_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[SandboxServer]:
    """One server for all tests that leave no trace in it."""
    with SandboxServer(delay_scale=0.01, catalogue=shared_catalogue()) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    """A server of its own, for tests that count requests or change its state."""
    with SandboxServer(delay_scale=0.01, catalogue=shared_catalogue()) as sandbox:
        yield sandbox


@pytest.fixture
def api(shared_sandbox: SandboxServer) -> Iterator[ApiClient]:
    """A client of the shared server."""
    with ApiClient(shared_sandbox) as client:
        yield client


@pytest.fixture
def own_api(sandbox: SandboxServer) -> Iterator[ApiClient]:
    """A client of the test's own server."""
    with ApiClient(sandbox) as client:
        yield client


@pytest.fixture
def family(api: ApiClient) -> FamilyClient:
    """A client of the shared server with every scope of the family."""
    return FamilyClient(api)


@pytest.fixture
def own_family(own_api: ApiClient) -> FamilyClient:
    """A client of the test's own server with every scope of the family."""
    return FamilyClient(own_api)
