"""The figures, what each must reach, and how they are printed and kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Set
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ercportal.demo.desktop.kinds import KINDS
from tests.support.paths import ROOT

RESULTS = ROOT / "test-output" / "benchmarks"
OWN_PAINT = "embed's first paint, API of 3 s, ms"
CARDS = "panel: launch to cards in Chromium, API of 150 ms, ms"


def paint_of(kind: str) -> str:
    """The name of the figure of the first paint for a desktop of another kind."""
    return OWN_PAINT.replace("first paint", f"first paint in {kind}")


class Figure(NamedTuple):
    """A figure's name, and what it must reach and should reach; None where it is only told.

    `is_least` says that more is better.
    """

    name: str
    must: float | None = None
    aim: float | None = None
    is_least: bool = False

    def judged(self, value: float) -> str:
        """How a value stands to the bounds."""
        if self.must is None or self.aim is None:
            return ""
        sign = -1 if self.is_least else 1
        if sign * value <= sign * self.aim:
            return "aim"
        return "ok" if sign * value <= sign * self.must else "missed"


FIGURES = (
    Figure("page CPU / hello CPU, cold", 5, 4),
    Figure("page CPU / hello CPU, cold, hard-to-pack items", 5, 4),
    Figure("page CPU / hello CPU, cold, items seen before"),
    Figure("page CPU / hello CPU, warm", 2.8, 2.3),
    Figure("added p95 over the bare call, 1 connection, ms", 12, 8),
    Figure("p99 / p50, 1 connection"),
    *(
        figure
        for share in ("25%", "50%", "75%")
        for figure in (
            Figure(f"open loop, {share} of a core, API of 150 ms: p50 − bare p50, ms"),
            Figure(
                f"open loop, {share} of a core, API of 150 ms: p95 − bare p95, ms",
                *((25, 15) if share == "50%" else ()),
            ),
            Figure(f"open loop, {share} of a core, API of 150 ms: share of a core that was used"),
            Figure(f"open loop, {share} of a core, API of 150 ms: orders a second"),
        )
    ),
    Figure("page rate / hello rate, 16 connections", 0.2, 0.26, is_least=True),
    Figure("CPU per further item / hello CPU", 0.09, 0.06),
    Figure("CPU per further item / hello CPU, hard-to-pack items", 0.09, 0.06),
    Figure("first load, gzipped, believable items, kB", 30, 26),
    Figure("first load, gzipped, hard-to-pack items, kB"),
    Figure("fragment gzipped / JSON gzipped, believable items"),
    Figure("fragment gzipped / JSON gzipped, hard-to-pack items", 1.4, 1.2),
    Figure("search (e-mail) to orders' list, CPU / hello CPU", 5, 4),
    Figure("orders' list CPU / hello CPU"),
    Figure("order with header against items alone, CPU / hello CPU more", 0.8, 0.5),
    Figure(CARDS, 350, 300),
    Figure(OWN_PAINT, 120, 90),
    *(Figure(paint_of(kind.name), 120, 90) for kind in KINDS),
    Figure("memory per worker after 50,000 requests, MB", 115, 90),
    Figure("memory grown in the last half of them, MB", 5, 2),
    Figure("hello CPU, ms"),
)


def table(values: Mapping[str, float], disturbed: Set[str] = frozenset()) -> str:
    """The figures that were measured, in a fixed order, as a table of Markdown; it marks those `disturbed`."""
    lines = ["| figure | measured | must | aim | |", "|---|---|---|---|---|"]
    known = {figure.name: figure for figure in FIGURES}
    for name in [*(name for name in known if name in values), *(name for name in values if name not in known)]:
        figure, value = known.get(name, Figure(name)), values[name]
        must, aim = ("–" if bound is None else f"{bound:g}" for bound in (figure.must, figure.aim))
        told = ", ".join(filter(None, (figure.judged(value), "disturbed" if name in disturbed else "")))
        lines.append(f"| {name} | {value:.3g} | {must} | {aim} | {told} |")
    return "\n".join(lines)


def keep(values: Mapping[str, float], disturbed: Set[str] = frozenset()) -> Path:
    """Write the table to a file of this moment, with what it was measured on."""
    now = datetime.now(UTC)
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"portal-{now:%Y-%m-%dT%H%M}.md"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    path.write_text(f"# The portal on {now:%Y-%m-%d %H:%M} UTC\n\n{machine}.\n\n{table(values, disturbed)}\n")
    return path
