"""What the portal's pages are tested with."""

from __future__ import annotations

import pytest

from tests.support.family import serve_family
from tests.support.stub_erc import StubErc


@pytest.fixture
def family(erc: StubErc) -> StubErc:
    """The stub with customers and orders."""
    serve_family(erc)
    return erc
