"""The context of a look-up on its way to the API."""

from __future__ import annotations

import msgspec

from orders.erc.deadline import Deadline


class CallContext(msgspec.Struct, frozen=True):
    """How long a look-up may wait, and the correlation id that each of its requests to the API carries.

    `said` is what a caller said, which a response may quote, also where it was asked for as an id.
    """

    deadline: Deadline
    correlation_id: str
    said: tuple[str, ...] = ()
