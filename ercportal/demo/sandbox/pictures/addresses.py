"""Whole addresses for pictures of our own: the catalogue knows their paths, a client needs the server too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

PICTURES_PATH = "/pictures/"


def with_picture_addresses(value: Json, base_url: str) -> Json:
    """The value, with this server's address before each `…image_url` that is a path of ours."""
    if isinstance(value, Mapping):
        return {name: _with_address(name, inner, base_url) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [with_picture_addresses(inner, base_url) for inner in value]
    return value


def _with_address(name: str, value: Json, base_url: str) -> Json:
    if isinstance(value, str):
        return base_url + value if name.endswith("image_url") and value.startswith(PICTURES_PATH) else value
    return with_picture_addresses(value, base_url)
