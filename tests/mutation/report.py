"""The report of a trial: a table of scores, then every change that went unnoticed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

MODULE_BOUND = 0.88
"""No module's score may be lower."""

BOUND = 0.95
"""Nor that of all changes together."""


_HEAD = """\
# Whether the tests notice changes of the code

`make mutants` on {day}: {taken}. It changes the core modules a little, one change at
a time, and runs the tests that reach the changed function. A change that no test notices is either one that a user
would notice, and then a test is missing; or it changes nothing that anybody could notice, and does not count
(`tests/mutation/equivalents.toml` gives the reason for each). No module may be below {module_bound:.0%}, and all
together not below {bound:.0%}. mutmut changes neither decorated functions nor what stands outside of functions.

| module | changes run | noticed | change nothing | unnoticed | score |
|---|---:|---:|---:|---:|---:|"""


class Change(NamedTuple):
    """One change: where, the line before and after it, and why it changes nothing, where that was judged so."""

    name: str
    before: str
    after: str
    reason: str = ""


class Score(NamedTuple):
    """What came of a module's changes; those that change nothing count for neither side."""

    module: str
    run: int
    equivalent: Sequence[Change]
    survived: Sequence[Change]

    @property
    def counted(self) -> int:
        """How many changes could have been noticed."""
        return self.run - len(self.equivalent)

    @property
    def killed(self) -> int:
        """How many were."""
        return self.counted - len(self.survived)

    @property
    def share(self) -> float:
        """Their share, from 0 to 1."""
        return self.killed / self.counted if self.counted else 1.0


def overall(scores: Sequence[Score]) -> Score:
    """All modules together."""
    return Score(
        "**all**",
        sum(score.run for score in scores),
        [change for score in scores for change in score.equivalent],
        [change for score in scores for change in score.survived],
    )


def is_good_enough(scores: Sequence[Score]) -> bool:
    """Whether each module and all of them keep to the bounds."""
    return overall(scores).share >= BOUND and all(score.share >= MODULE_BOUND for score in scores)


def report(scores: Sequence[Score], *, day: date, sample: int, seed: int) -> str:
    """The whole page."""
    taken = f"up to {sample} changes of each module, by the seed {seed}" if sample else "all changes"
    lines = [_HEAD.format(day=day.isoformat(), taken=taken, module_bound=MODULE_BOUND, bound=BOUND)]
    for score in [*scores, overall(scores)]:
        counts = f"{score.run} | {score.killed} | {len(score.equivalent)} | {len(score.survived)}"
        lines.append(f"| {score.module} | {counts} | {score.share:.1%} |")
    unnoticed = [(score.module, change) for score in scores for change in score.survived]
    if unnoticed:
        lines += ["", "## Unnoticed", ""]
        lines += [
            f"- {module}, `{change.name}`: `{change.before}` → `{change.after}`" for module, change in unnoticed
        ]
    return "\n".join(lines) + "\n"
