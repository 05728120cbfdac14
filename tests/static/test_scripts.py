"""The portal's own scripts stay small, as production serves them: shortened, then gzipped."""

from __future__ import annotations

import gzip

from rjsmin import jsmin

from tests.support.paths import ROOT

STATIC = ROOT / "static"
_OF_THE_HOST = "host.js"


def shortened() -> dict[str, bytes]:
    """The scripts by name, without comments and blanks."""
    return {script.name: jsmin(script.read_text()).encode() for script in sorted(STATIC.rglob("*.js"))}


def test_scripts_of_portal_and_panel_stay_below_10_kb_one_by_one() -> None:
    sizes = {name: len(gzip.compress(script)) for name, script in shortened().items() if name != _OF_THE_HOST}

    assert len(sizes) >= 8
    assert sum(sizes.values()) < 10_000


def test_all_own_scripts_together_stay_below_8_kb() -> None:
    scripts = shortened()

    assert _OF_THE_HOST in scripts
    assert len(gzip.compress(b"".join(scripts.values()))) < 8_000
