"""The figures, what each must reach, and how they are printed and kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import ROOT

RESULTS = ROOT / "test-output" / "benchmarks"


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
    Figure("page CPU / hello CPU, cold", 6, 4),
    Figure("page CPU / hello CPU, cold, items seen before", 6, 4),
    Figure("page CPU / hello CPU, warm", 4, 3),
    Figure("page rate / hello rate, 1 connection"),
    Figure("page rate / hello rate, 16 connections", 0.18, 0.26, is_least=True),
    Figure("page rate / hello rate, 64 connections"),
    Figure("added p95 over the bare call, ms", 3.5, 2),
    Figure("added p95 over the bare call of 150 ms, ms"),
    Figure("p95 / bare p95 at 150 ms, 6 connections", 1.15, 1.05),
    Figure("p99 / p50, 1 connection", 2, 1.7),
    Figure("CPU per further card / hello CPU", 0.15, 0.07),
    Figure("CPU per further card / hello CPU, items seen before", 0.15, 0.07),
    Figure("first load, gzipped, kB", 32, 27),
    Figure("fragment gzipped / JSON gzipped", 1.15, 1.0),
    Figure("embed: first paint with an API of 3 s, ms", 200, 100),
    Figure("memory per worker after 50,000 requests, MB", 120, 90),
    Figure("memory grown in the last half of them, MB", 5, 2),
    Figure("hello CPU, ms"),
    Figure("hello rate with granian / with gunicorn"),
    Figure("page rate with granian / with gunicorn"),
)


def table(values: Mapping[str, float]) -> str:
    """The figures that were measured, in a fixed order, as a table of Markdown."""
    lines = ["| figure | measured | must | aim | |", "|---|---|---|---|---|"]
    for figure in FIGURES:
        if figure.name not in values:
            continue
        value = values[figure.name]
        must, aim = ("–" if bound is None else f"{bound:g}" for bound in (figure.must, figure.aim))
        lines.append(f"| {figure.name} | {value:.3g} | {must} | {aim} | {figure.judged(value)} |")
    return "\n".join(lines)


def keep(values: Mapping[str, float]) -> Path:
    """Write the table to a file of this moment, with what it was measured on."""
    now = datetime.now(UTC)
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"portal-{now:%Y-%m-%dT%H%M}.md"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    path.write_text(f"# The portal on {now:%Y-%m-%d %H:%M} UTC\n\n{machine}.\n\n{table(values)}\n")
    return path
