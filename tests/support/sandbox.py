"""The sandbox for many tests: its catalogue takes a tenth of a second to make, and no request changes it."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

from ercportal.demo.sandbox.catalogue import Catalogue


@functools.cache
def shared_catalogue() -> Catalogue:
    """One catalogue for all servers of a test process."""
    return Catalogue(datetime.now(UTC))
