"""What an order is paid with: a payment card of no brand that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.pictures.frame import STEEL, STEEL_DARK, WHITE

if TYPE_CHECKING:
    from ercportal.demo.sandbox.pictures.frame import Tones


def card(c: Tones) -> str:
    """A payment card with a chip and a stripe of light."""
    return f"""
<rect x="18" y="42" width="124" height="82" rx="11" fill="{c.base}"/>
<path d="M96 42h35q11 0 11 11v60q0 11-11 11H62z" fill="{c.dark}" opacity=".5"/>
<rect x="30" y="64" width="24" height="19" rx="4" fill="{STEEL}"/>
<path d="M30 73h24M42 64v19" stroke="{STEEL_DARK}" stroke-width="1.5"/>
<path d="M30 98h18M54 98h18M78 98h18M102 98h18" stroke="{WHITE}" stroke-width="5" stroke-linecap="round"/>
<path d="M30 112h34" stroke="{c.light}" stroke-width="4" stroke-linecap="round"/>
<circle cx="116" cy="62" r="9" fill="{c.light}"/><circle cx="127" cy="62" r="9" fill="{WHITE}" opacity=".7"/>"""
