"""What a step of the check comes to."""

from __future__ import annotations

from typing import NamedTuple

OK, WARNING, FAILED, SKIPPED = "ok", "warning", "failed", "skipped"


class Step(NamedTuple):
    """One step: its state (ok, warning, failed, skipped), what was found, what to do about it (may be empty)."""

    name: str
    state: str
    finding: str
    advice: str = ""
    duration_ms: int = 0


class StepResult(NamedTuple):
    """What a step's function says; the step around it adds name and time."""

    state: str
    finding: str
    advice: str = ""
