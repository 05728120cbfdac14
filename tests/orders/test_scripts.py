"""The portal's own scripts stay small."""

from __future__ import annotations

import gzip
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"


def test_scripts_of_the_portal_stay_below_8_kb_one_by_one() -> None:
    sizes = {script.name: len(gzip.compress(script.read_bytes())) for script in (STATIC / "js").glob("*.js")}

    assert len(sizes) >= 7
    assert sum(sizes.values()) < 8_000


def test_all_own_scripts_together_stay_below_8_kb() -> None:
    scripts = sorted(STATIC.rglob("*.js"))

    assert len(gzip.compress(b"".join(script.read_bytes() for script in scripts))) < 8_000
