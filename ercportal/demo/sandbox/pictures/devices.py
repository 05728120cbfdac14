"""Things with a plug or a battery: headphones, lamp, camera, keyboard, speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.pictures.frame import CREAM, INK, STEEL, STEEL_DARK, WHITE

if TYPE_CHECKING:
    from ercportal.demo.sandbox.pictures.frame import Tones


def headphones(c: Tones) -> str:
    """Over-ear headphones."""
    return f"""
<path d="M36 92V78a44 46 0 0 1 88 0v14" fill="none" stroke="{INK}" stroke-width="10"/>
<path d="M50 44a44 46 0 0 1 60 0" fill="none" stroke="{c.light}" stroke-width="10" stroke-linecap="round"/>
<rect x="44" y="80" width="16" height="48" rx="8" fill="{INK}"/>
<rect x="100" y="80" width="16" height="48" rx="8" fill="{INK}"/>
<path d="M50 82v44q-28 0-28-22t28-22zM110 82v44q28 0 28-22t-28-22z" fill="{c.base}"/>
<path d="M50 108v18q-24 0-27-18zM110 108v18q24 0 27-18z" fill="{c.dark}" opacity=".55"/>
<g fill="none" stroke="{c.light}" stroke-width="4" stroke-linecap="round">
  <path d="M31 98q2-7 9-8"/><path d="M129 98q-2-7-9-8"/>
</g>"""


def lamp(c: Tones) -> str:
    """A desk lamp that is on."""
    return f"""
<path d="M84 72l46-20 16 76H66z" fill="#ffe9a8" opacity=".75"/>
<path d="M54 122L38 80l42-38" fill="none" stroke="{STEEL_DARK}" stroke-width="6" stroke-linejoin="round"/>
<circle cx="38" cy="80" r="7" fill="{INK}"/>
<path d="M76 34q8-10 18-6l20 8q16 4 20 18L84 78q-8-12-4-26z" fill="{c.base}"/>
<path d="M104 32l10 4q16 4 20 18l-20 9q4-18-10-31z" fill="{c.dark}" opacity=".5"/>
<path d="M84 78l50-24-6 13q-16 12-30 12z" fill="#ffd766"/>
<circle cx="80" cy="41" r="8" fill="{c.dark}"/>
<path d="M30 122h48q6 0 6 9H24q0-9 6-9z" fill="{c.dark}"/>
<path d="M34 125h20" stroke="{c.light}" stroke-width="3" stroke-linecap="round"/>"""


def camera(c: Tones) -> str:
    """A camera from the front."""
    return f"""
<path d="M58 50l8-14h28l8 14z" fill="{c.dark}"/>
<rect x="30" y="40" width="20" height="12" rx="4" fill="{INK}"/>
<rect x="20" y="48" width="120" height="83" rx="13" fill="{c.base}"/>
<path d="M20 70h120v40H20z" fill="{c.dark}" opacity=".55"/>
<circle cx="80" cy="90" r="34" fill="{STEEL}"/><circle cx="80" cy="90" r="28" fill="{INK}"/>
<circle cx="80" cy="90" r="19" fill="#3d5a80"/><circle cx="80" cy="90" r="10" fill="#1c2a3f"/>
<circle cx="72" cy="81" r="5" fill="{WHITE}" opacity=".85"/>
<rect x="68" y="40" width="24" height="9" rx="3" fill="{CREAM}"/>
<circle cx="126" cy="60" r="5" fill="{c.light}"/>
<rect x="28" y="56" width="18" height="6" rx="3" fill="{c.light}"/>"""


def _row_of_keys(y: int, widths: tuple[int, ...], fills: tuple[str, ...]) -> str:
    drawn, x = "", 20
    for number, width in enumerate(widths):
        fill = fills[number % len(fills)]
        drawn += f'<rect x="{x}" y="{y}" width="{width}" height="13" rx="3" fill="{fill}"/>'
        x += width + 3
    return drawn


def keyboard(c: Tones) -> str:
    """A compact keyboard from above."""
    rows = (
        _row_of_keys(60, (12,) * 8, (c.light, CREAM, CREAM, CREAM, CREAM, CREAM, CREAM, CREAM)),
        _row_of_keys(76, (18, 12, 12, 12, 12, 12, 21), (CREAM, CREAM, CREAM, CREAM, CREAM, CREAM, c.light)),
        _row_of_keys(92, (12,) * 8, (CREAM,)),
        _row_of_keys(108, (15, 15, 51, 27), (c.light, CREAM, CREAM, c.light)),
    )
    return f"""
<path d="M80 48V34q0-10 12-10h20" fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round"/>
<rect x="12" y="50" width="136" height="82" rx="11" fill="{c.dark}"/>
<rect x="12" y="48" width="136" height="79" rx="11" fill="{c.base}"/>{"".join(rows)}"""


def speaker(c: Tones) -> str:
    """A speaker with two cones."""
    return f"""
<rect x="42" y="20" width="76" height="111" rx="14" fill="{c.base}"/>
<path d="M102 20h2q14 0 14 14v83q0 14-14 14h-2z" fill="{c.dark}" opacity=".5"/>
<circle cx="80" cy="48" r="15" fill="{c.dark}"/><circle cx="80" cy="48" r="8" fill="{INK}"/>
<circle cx="80" cy="94" r="29" fill="{c.dark}"/><circle cx="80" cy="94" r="23" fill="{INK}"/>
<circle cx="80" cy="94" r="13" fill="{STEEL_DARK}"/><circle cx="80" cy="94" r="6" fill="{STEEL}"/>
<path d="M62 84a20 20 0 0 1 10-9" fill="none" stroke="{c.light}" stroke-width="3.5" stroke-linecap="round"/>
<path d="M50 36v20" stroke="{c.light}" stroke-width="5" stroke-linecap="round"/>"""
