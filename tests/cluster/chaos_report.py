"""The table of what was seen, for maintainers and for the documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.cluster.troubles import Trouble
from tests.cluster.watch import Seen
from tests.support.paths import ROOT

FILE = ROOT / "test-output" / "chaos.txt"
_HEAD = (
    "| trouble | look-ups by status | no items | longest | longest refusal | `/healthz` | sign-in page | sign-in "
    "| well after |\n|---|---|---|---|---|---|---|---|---|\n"
)


class Report:
    """Collects a line for each row. After each it is in the file whole, and the line is told (-s)."""

    def __init__(self, file: Path = FILE) -> None:
        self._file = file
        self._lines: list[str] = []

    def add(self, trouble: Trouble, seen: Seen) -> None:
        """Take down what was seen. What took longer than a quiet machine takes has a mark."""
        line = f"| {' | '.join([trouble.name, *_cells(trouble, seen)])} |\n"
        self._lines.append(line)
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(_HEAD + "".join(self._lines))
        sys.stdout.write(line)


def _cells(trouble: Trouble, seen: Seen) -> list[str]:
    statuses = ", ".join(f"{count} × {status or 'none'}" for status, count in seen.statuses.most_common())
    return [
        statuses,
        f"{seen.refused_share:.1%}",
        _marked(seen.longest, trouble.longest),
        f"{seen.longest_refusal:.1f} s" if seen.longest_refusal else "–",
        _marked(seen.healthz.slowest, trouble.healthz),
        _marked(seen.sign_in_page.slowest, trouble.sign_in),
        _marked(seen.password.slowest, trouble.sign_in),
        _marked(seen.well_after, trouble.well_within) if seen.well_after else "at once",
    ]


def _marked(seconds: float, promised: float) -> str:
    return f"{seconds:.2f} s" + (f" (more than {promised:g})" if seconds > promised else "")
