"""Shows a JSON text as a tree to unfold, with each value as it came."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from orders.presenters.text import clean

_MAX_NODES = 10_000
_MAX = 40
_MAX_VALUE = 2000
_OPEN_DEPTH = 2


class Node(NamedTuple):
    """One value: its key (empty at the top and in lists), its text, and its parts, open or folded."""

    key: str
    words: str
    kind: str
    children: tuple[Node, ...] = ()
    is_open: bool = False


class _Number(str):
    """A number's own digits."""

    __slots__ = ()


class _Object(list[tuple[str, Any]]):
    """The pairs of an object, including repeated keys."""


def json_tree(text: str) -> Node | None:
    """Build the tree; None where the text is not JSON. Count the values beyond those that a page can show."""
    try:
        value = json.loads(
            text, parse_float=_Number, parse_int=_Number, parse_constant=_Number, object_pairs_hook=_Object
        )
        return _Builder().node("", value, 0)
    except (ValueError, RecursionError):
        return None


class _Builder:
    def __init__(self) -> None:
        self._left = _MAX_NODES

    def node(self, key: str, value: Any, depth: int) -> Node:
        self._left -= 1
        if isinstance(value, _Object):
            parts = [(clean(name), child) for name, child in value]
            return self._branch(key, f"{{…}} {len(parts)}", "object", parts, depth)
        if isinstance(value, list):
            parts = [(str(index), child) for index, child in enumerate(value)]
            return self._branch(key, f"[…] {len(parts)}", "list", parts, depth)
        if isinstance(value, _Number):
            return Node(key, value[:_MAX_VALUE], "number")
        if isinstance(value, str):
            return Node(key, _quote(value), "text")
        return Node(key, json.dumps(value), "constant")

    def _branch(self, key: str, words: str, kind: str, parts: list[tuple[str, Any]], depth: int) -> Node:
        children: list[Node] = []
        for name, child in parts:
            if self._left <= 0 or depth >= _MAX:
                children.append(Node("", f"… {len(parts) - len(children)}", "muted"))
                break
            children.append(self.node(name, child, depth + 1))
        return Node(key, words, kind, tuple(children), depth < _OPEN_DEPTH)


def _quote(text: str) -> str:
    shown = json.dumps(text[:_MAX_VALUE], ensure_ascii=False)
    # Escaped, so that direction marks and control characters are visible.
    shown = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in shown)
    return shown if len(text) <= _MAX_VALUE else shown + "…"
