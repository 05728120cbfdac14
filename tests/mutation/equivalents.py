"""Changes that change nothing, as equivalents.toml lists them with the reason for each."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tests.mutation.report import Change

_LIST = Path(__file__).with_name("equivalents.toml")


def reason_for(module: str, change: Change) -> str:
    """Why a change of a module changes nothing; "" where nobody has judged so.

    An entry fits by regular expressions over the line before and after, and by the module where it names some.
    """
    for entry in entries():
        if module not in entry.get("modules", [module]):
            continue
        if re.search(entry["before"], change.before) and re.search(entry["after"], change.after):
            return str(entry["reason"])
    return ""


@cache
def entries() -> list[dict[str, Any]]:
    """All of the list."""
    with _LIST.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)["equivalent"]
    return entries
