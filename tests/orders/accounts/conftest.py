from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from orders.accounts.sso import _failures, _load_client
from tests.support.oidc_provider import CLIENT_ID, Provider, ScriptedProvider
from tests.support.passwords import PASSWORD
from tests.support.stub_erc import StubErc


@pytest.fixture(scope="session")
def _provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(_provider: Provider, settings: Settings) -> Provider:
    """A real provider that the portal is set up for."""
    set_up(settings, _provider.issuer)
    return _provider


@pytest.fixture
def scripted(settings: Settings) -> Iterator[ScriptedProvider]:
    """A provider that misbehaves as it is told, which the portal is set up for."""
    with StubErc() as stub:
        set_up(settings, stub.base_url)
        yield ScriptedProvider(stub)


def set_up(settings: Settings, issuer: str) -> None:
    """Let the portal use this provider, of which it knows nothing yet."""
    _load_client.cache_clear()
    _failures.clear()
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID = CLIENT_ID
    settings.OIDC_CLIENT_SECRET = "planted-secret"
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "orders.accounts.backends.SingleSignOnBackend",
    ]


@pytest.fixture
def admin(db: None) -> User:
    """Someone who may use the portal and its admin."""
    return User.objects.create_superuser("agent", password=PASSWORD)
