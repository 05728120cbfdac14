"""Results of the check's steps."""

from __future__ import annotations

from typing import NamedTuple

OK, WARNING, FAILED, SKIPPED = "ok", "warning", "failed", "skipped"


class Step(NamedTuple):
    """One step: its state (ok, warning, failed, skipped), its finding, what to do (may be empty)."""

    name: str
    state: str
    finding: str
    advice: str = ""
    duration_ms: int = 0


class StepResult(NamedTuple):
    """The result of a step's function; the step around it adds name and time."""

    state: str
    finding: str
    advice: str = ""
