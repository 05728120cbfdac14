"""`make mutants`: change the core modules a little, one change at a time, and count what the tests notice.

    python -m tests.mutation [--sample N] [--seed N] [--children N]

mutmut makes the changes and runs the tests that reach each; `tool.mutmut` in pyproject.toml names the modules and
the tests. A module has up to some hundreds of changes, so a sample of each is taken by a seed; `--sample 0` takes
all. The report goes to docs/mutants.md. The program ends with 1 where a score is below its bound.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from tests.mutation.equivalents import reason_for
from tests.mutation.report import Change, Score, is_good_enough, report
from tests.support.paths import ROOT

REPORT = ROOT / "docs" / "mutants.md"
_RESULT = re.compile(r"^\s*(\S+__mutmut_\d+): ([a-z ]+)$", re.MULTILINE)
# A change after which a test does not end is noticed, as is one that breaks the start.
_NOTICED = frozenset({"killed", "timeout", "segfault", "caught by type check"})


def main() -> None:
    """Sample, run, judge and report."""
    asked = _asked()
    modules = _modules()
    # Makes the changes of all modules, and learns which tests reach which function; few of them are run for now.
    _mutmut("run", f"{_dotted(modules[0])}.*__mutmut_1", children=asked.children)
    sample = _sample(_results(), modules, asked.sample, asked.seed)
    _mutmut("run", *(name for names in sample.values() for name in names), children=asked.children)
    results = _results()
    scores = [_score(module, names, results) for module, names in sample.items()]
    REPORT.write_text(report(scores, day=datetime.now(UTC).date(), sample=asked.sample, seed=asked.seed))
    print(REPORT.read_text())
    sys.exit(not is_good_enough(scores))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=40, help="changes of each module; 0 for all (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="another one takes another sample (default: 1)")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="how many run at once")
    return parser.parse_args()


def _modules() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        patterns = tomllib.load(file)["tool"]["mutmut"]["only_mutate"]
    found = [path.relative_to(ROOT).as_posix() for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return [path for path in found if (ROOT / path).read_text().count("def ")]


def _dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _mutmut(*arguments: str, children: int) -> None:
    command = [sys.executable, "-m", "mutmut", *arguments, "--max-children", str(children)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        # Between the turns of its progress sign stands what went wrong.
        lines = (done.stdout + done.stderr).splitlines()
        told = [line for line in lines if not re.match(r"\W Running stats", line)]
        print("\n".join(told[-60:]), file=sys.stderr)
        sys.exit("mutmut ended with an error.")


def _results() -> dict[str, str]:
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return dict(_RESULT.findall(told))


def _sample(names: Iterable[str], modules: Iterable[str], size: int, seed: int) -> dict[str, list[str]]:
    by_module: dict[str, list[str]] = defaultdict(list)
    known = {_dotted(module): module for module in modules}
    for name in sorted(names):
        by_module[known[name.rpartition(".")[0]]].append(name)
    chance = random.Random(seed)  # noqa: S311 - no secret
    return {
        module: sorted(chance.sample(found, min(size, len(found))) if size else found)
        for module, found in sorted(by_module.items())
    }


def _score(module: str, names: list[str], results: Mapping[str, str]) -> Score:
    survivors = [name for name in names if results[name] not in _NOTICED]
    changes = [_change(name) for name in survivors]
    judged = [change._replace(reason=reason_for(module, change)) for change in changes]
    return Score(
        module,
        run=len(names),
        equivalent=[change for change in judged if change.reason],
        survived=[change for change in judged if not change.reason],
    )


def _change(name: str) -> Change:
    command = [sys.executable, "-m", "mutmut", "show", name]
    diff = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    before = " ".join(line[1:].strip() for line in lines if line[0] == "-")
    after = " ".join(line[1:].strip() for line in lines if line[0] == "+")
    return Change(name.rpartition(".")[2], before, after)


if __name__ == "__main__":
    main()
