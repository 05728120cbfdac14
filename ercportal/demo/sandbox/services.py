"""What the endpoints of one server share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue import Catalogue
    from ercportal.demo.sandbox.cursors import Cursors
    from ercportal.demo.sandbox.faults import Faults
    from ercportal.demo.sandbox.gate import Gate


@dataclass(frozen=True)
class Services:
    """The gate that lets requests in, the data, the cursors, and the faults with how far each has come."""

    gate: Gate
    catalogue: Catalogue
    cursors: Cursors
    faults: Faults
