from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tests.support.launching import register_hosts


@pytest.fixture(autouse=True)
def _hosts(settings: Settings, db: None) -> None:
    register_hosts(settings)
