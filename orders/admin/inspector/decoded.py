"""Shows what the portal has read of a response, as a tree."""

from __future__ import annotations

from typing import Any

import msgspec

from orders.admin.inspector.json_tree import Node, json_tree
from orders.erc.timestamps import Timestamp

# The findings list these.
_FINDINGS = ("unreadable", "defaulted")
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def decoded_tree(page: msgspec.Struct) -> Node | None:
    """Build the tree of a typed page, without the fields that it lacks."""
    return json_tree(_ENCODER.encode(_plain(page)).decode())


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        named = ((field.name, getattr(value, field.name)) for field in msgspec.structs.fields(type(value)))
        return {name: _plain(one) for name, one in named if one is not None and name not in _FINDINGS}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.text if isinstance(value, Timestamp) else value
