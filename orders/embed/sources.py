"""Where a desktop's customer and order are found: ordered paths into what the desktop says, of which the first
usable one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

_MAX_PATH = 200
_MAX_PATHS = 20
# Beyond it a float may stand for several whole numbers.
_MAX_EXACT = 2**53 - 1

Values: TypeAlias = Mapping[str, Sequence[str]]
"""Texts by the names of `Sources`, the best first."""


class Sources(NamedTuple):
    """Paths of names, joined by dots, for each thing that a desktop can say of its contact."""

    customer_id: tuple[str, ...] = ()
    order_id: tuple[str, ...] = ()
    order_number: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()

    def find_values(self, said: Any) -> Values:
        """Find the texts at the paths in what a desktop said, an object; names without any are left out."""
        found = {name: list(_texts(paths, said)) for name, paths in self._asdict().items()}
        return {name: texts for name, texts in found.items() if texts}


def read_sources(lists: Mapping[str, Sequence[str]], roots: Sequence[str]) -> Sources:
    """Read the lists of paths, by the names of `Sources`; `roots` are with what a path may begin.

    A root that ends with a dot has names below it; any other is a path by itself.

    Raises ValueError, which names the list and the path, for a path that leads nowhere, and where there is none.
    """
    if not any(lists.values()):
        raise ValueError(
            "customer_from, order_number_from, email_from or phone_from must say where the customer is found"
        )
    for name, paths in lists.items():
        key = f"{name.removesuffix('_id')}_from"
        if len(paths) > _MAX_PATHS:
            raise ValueError(f"{key} must list at most {_MAX_PATHS} paths")
        for path in paths:
            _require_path(key, path, roots)
    return Sources(**{name: tuple(paths) for name, paths in lists.items()})


def _require_path(key: str, path: str, roots: Sequence[str]) -> None:
    if not path.isprintable() or len(path) > _MAX_PATH or not all(path.split(".")):
        raise ValueError(f"{key} must list paths of names joined by dots, such as {roots[0]}name")
    if not any(path.startswith(one) if one.endswith(".") else path == one for one in roots):
        raise ValueError(f"{key} has the path {path}, which must begin with {' or '.join(roots)}")


def _texts(paths: Sequence[str], said: Any) -> Iterator[str]:
    for path in paths:
        value = _value(path, said)
        # Desktops keep ids as numbers, too, and some write 1001 as 1001.0; JSON's true and false are none.
        if isinstance(value, float) and value.is_integer() and abs(value) <= _MAX_EXACT:
            value = int(value)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            yield str(value).strip()


def _value(path: str, said: Any) -> Any:
    """Follow a path; a name may itself hold dots, as those of attributes do."""
    if not isinstance(said, Mapping):
        return None
    if path in said:
        return said[path]
    name, _, rest = path.partition(".")
    return _value(rest, said.get(name)) if rest else None
