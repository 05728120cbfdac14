"""How many examples, and which: the same for everybody in `make test`, new ones in `make fuzz`."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from orders.erc.paths import EndpointName
from orders.lookup.features import MissingFeatures
from tests.fuzz.budget import is_search
from tests.fuzz.surfaces import Desk
from tests.fuzz.upstream import Upstream, upstream

__all__ = ["upstream"]

_COMMON = settings(
    deadline=None,
    print_blob=True,
    # The fixtures are set up once for all examples of a test, which `Upstream.serving` separates from each other.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
settings.register_profile("steady", _COMMON, derandomize=True, database=None)
settings.register_profile("search", _COMMON)
settings.load_profile("search" if is_search() else "steady")


@pytest.fixture
def desk(browser: Client, upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An agent at work, whose API answers what an example says, and has nothing but items."""
    others = frozenset(EndpointName) - {EndpointName.ITEMS}
    monkeypatch.setattr(MissingFeatures, "names", lambda _self, endpoints=others: others & set(endpoints))
    return Desk(browser, upstream, monkeypatch)
