"""The query of the items endpoint."""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

FILTER_NAMES = (
    "brand",
    "carrier",
    "delivery_type",
    "delivery_date_start",
    "delivery_date_end",
    "shipping_date",
    "description",
)
"""The newer query parameters, which narrow the list (docs/api-reference.md#query-parameters)."""

_MAX_ID = 512
_SEPARATOR = re.compile(r"[/\\]")


def is_usable_id(text: str) -> bool:
    """Whether an opaque id can be a part of the API's path."""
    if not text or len(text) > _MAX_ID or not text.isprintable() or has_dot_segment(text):
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def has_dot_segment(text: str) -> bool:
    r"""Whether a part of the id between `/` or `\` is `.` or `..`, plain or percent-decoded once.

    Requests encode every reserved character. But a gateway that decodes before it routes would resolve such a part
    as a folder, and could respond with another customer's order.
    """
    return any(segment in (".", "..") for form in (text, unquote(text)) for segment in _SEPARATOR.split(form))


class ItemsQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A query of the items endpoint (docs/api-reference.md#query-parameters); None is not sent."""

    customer_id: str
    order_id: str
    limit: int | None = None
    order_by: str | None = None
    cursor: str | None = None
    brand: str | None = None
    carrier: str | None = None
    delivery_type: str | None = None
    delivery_date_start: str | None = None
    delivery_date_end: str | None = None
    shipping_date: str | None = None
    description: str | None = None

    def parameters(self) -> dict[str, str]:
        """Give the query parameters to send, in a fixed order."""
        asked = msgspec.structs.asdict(self)
        return {
            name: str(value)
            for name, value in asked.items()
            if name not in ("customer_id", "order_id") and value is not None
        }
