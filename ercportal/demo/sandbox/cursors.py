"""Opaque cursors: a position in one selection of one list, signed so that none can be made up or moved."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.wire import FieldFault, Refused, encode, error_answer

if TYPE_CHECKING:
    from ercportal.demo.sandbox.parameters import ListQuery

_POSITION_SIZE = 8
_SIGNATURE_SIZE = 16


class Cursors:
    """Seals and opens cursors with a key of this server's run: a cursor of an earlier run is a forged one."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def seal(self, position: int, path: str, query: ListQuery) -> str:
        """The cursor of a position. It holds for this path, order_by and filters, with any limit."""
        number = position.to_bytes(_POSITION_SIZE, "big")
        return base64.urlsafe_b64encode(number + self._signature(number, path, query)).decode("ascii")

    def open(self, cursor: str, path: str, query: ListQuery) -> int:
        """The position of a cursor. Raises Refused (400) for one that was not sealed for this list."""
        try:
            raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise _foreign_cursor() from None
        number, signature = raw[:_POSITION_SIZE], raw[_POSITION_SIZE:]
        if not hmac.compare_digest(signature, self._signature(number, path, query)):
            raise _foreign_cursor()
        return int.from_bytes(number, "big")

    def _signature(self, number: bytes, path: str, query: ListQuery) -> bytes:
        bound = encode([number.hex(), path, query.selection()])
        return hmac.new(self._key, bound, hashlib.sha256).digest()[:_SIGNATURE_SIZE]


def _foreign_cursor() -> Refused:
    fault = FieldFault("cursor", "is not a cursor of this list; take it from _links.next.href")
    return Refused(error_answer(400, "One or more parameters are not valid.", [fault]))
