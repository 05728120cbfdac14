"""The portal's own scripts stay small, as production serves them: each by itself, compressed with brotli."""

from __future__ import annotations

import brotli

from tests.support.paths import ROOT

STATIC = ROOT / "static"
# What only some pages load: the host's own page, panels of desktops of other kinds, and their window to sign in.
_OF_THE_HOST = "host.js"
_OF_THE_WINDOW = "popup.js"
_OF_KINDS = STATIC / "embed" / "kinds"
_FOR_KINDS = {"contact.js", "sign_in.js"}


def compressed_sizes() -> dict[str, int]:
    """The bytes of each script by its name."""
    return {script.name: len(brotli.compress(script.read_bytes())) for script in sorted(STATIC.rglob("*.js"))}


def sizes_of_kinds() -> dict[str, int]:
    """The bytes of what talks with each kind of desktop."""
    return {name: size for name, size in compressed_sizes().items() if (_OF_KINDS / name).exists()}


def test_scripts_of_portal_and_own_panel_stay_below_16_kb() -> None:
    sizes = compressed_sizes()
    others = {_OF_THE_HOST, _OF_THE_WINDOW, *_FOR_KINDS, *sizes_of_kinds()} - {"own.js"}

    assert len(sizes) >= 8
    assert sum(size for name, size in sizes.items() if name not in others) < 16_000


def test_script_of_the_host_stays_below_1_5_kb() -> None:
    assert compressed_sizes()[_OF_THE_HOST] < 1500


def test_scripts_of_other_kinds_stay_below_4_5_kb_in_each_panel() -> None:
    sizes = compressed_sizes()
    shared = sum(sizes.get(name, 0) for name in _FOR_KINDS)

    assert len(sizes_of_kinds()) == 7
    assert shared + max(sizes_of_kinds().values()) < 4500
