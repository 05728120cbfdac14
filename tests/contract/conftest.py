from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.stand_ins import STAND_INS, Api


@pytest.fixture
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    """The stand-in of this name."""
    with STAND_INS[request.param]() as running:
        yield running
