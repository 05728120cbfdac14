"""Things for the home: book, chair, plant, blanket, toy train."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.pictures.frame import CREAM, INK, WHITE, WOOD, WOOD_DARK

if TYPE_CHECKING:
    from ercportal.demo.sandbox.pictures.frame import Tones


def book(c: Tones) -> str:
    """A hardcover with a ribbon."""
    return f"""
<path d="M40 36q0-12 12-12h70v96H52q-12 0-12 8z" fill="{c.base}"/>
<path d="M40 36q0-12 12-12h4v96h-4q-12 0-12 8z" fill="{c.dark}"/>
<path d="M52 120h70v11H52q-8 0-8-5.5t8-5.5z" fill="{CREAM}"/>
<path d="M50 124h72M50 128h72" stroke="#d9cdb8" stroke-width="1.5"/>
<path d="M122 120v-2H52q-12 0-12 9 0 8 12 8h70v-4H52q-8 0-8-5t8-6z" fill="{c.dark}"/>
<rect x="68" y="42" width="42" height="30" rx="3" fill="{CREAM}"/>
<path d="M75 52h28M80 61h18" stroke="{c.dark}" stroke-width="3.5" stroke-linecap="round"/>
<path d="M89 84l4 9 10 1-7 7 2 10-9-5-9 5 2-10-7-7 10-1z" fill="{c.light}"/>
<path d="M104 122v20l5-5 5 5v-20z" fill="{c.light}"/>"""


def chair(c: Tones) -> str:
    """A wooden dining chair with an upholstered seat, half from the side."""
    return f"""
<path d="M56 84L50 22M104 84l6-62" stroke="{WOOD_DARK}" stroke-width="7" stroke-linecap="round"/>
<path d="M62 92v30M98 92v30" stroke="{WOOD_DARK}" stroke-width="6" stroke-linecap="round"/>
<path d="M47 24q33-10 66 0l-2 22q-31-8-62 0z" fill="{WOOD}"/>
<path d="M53 60q27-6 54 0" fill="none" stroke="{WOOD}" stroke-width="7" stroke-linecap="round"/>
<path d="M44 90l-4 40M116 90l4 40" stroke="{WOOD}" stroke-width="8" stroke-linecap="round"/>
<path d="M42 108h76" stroke="{WOOD_DARK}" stroke-width="4" opacity=".6"/>
<path d="M54 72h52q5 0 7 6l6 14q1 6-6 6H47q-7 0-6-6l6-14q2-6 7-6z" fill="{c.base}"/>
<path d="M41 92q1 6 6 6h66q6 0 6-6l-2-4H43z" fill="{c.dark}"/>
<path d="M60 78h24" stroke="{c.light}" stroke-width="4" stroke-linecap="round"/>"""


def plant(c: Tones) -> str:
    """A leafy plant in a pot."""
    return f"""
<g stroke="#3f6b3c" stroke-width="4" fill="none" stroke-linecap="round">
  <path d="M80 94V44"/><path d="M80 92Q66 76 48 70"/><path d="M80 92q14-18 34-22"/>
</g>
<path d="M80 66Q56 46 80 14q24 32 0 52z" fill="#5f9b58"/>
<path d="M80 66V14q24 32 0 52z" fill="#477d45"/>
<path d="M62 76Q26 82 20 46q38-4 42 30z" fill="#5f9b58"/>
<path d="M62 76Q26 82 20 46z" fill="#477d45"/>
<path d="M98 76q36 6 42-30-38-4-42 30z" fill="#74b06b"/>
<path d="M98 76q36 6 42-30z" fill="#477d45"/>
<path d="M74 90Q52 100 38 84q20-14 36 6zM86 90q22 10 36-6-20-14-36 6z" fill="#74b06b"/>
<path d="M52 98h56l-6 28q-1 5-6 5H64q-5 0-6-5z" fill="{c.base}"/>
<path d="M92 98h16l-6 28q-1 5-6 5H84q5-1 6-7z" fill="{c.dark}" opacity=".55"/>
<rect x="47" y="88" width="66" height="14" rx="5" fill="{c.dark}"/>
<path d="M62 108l3 14" stroke="{c.light}" stroke-width="5" stroke-linecap="round"/>"""


def blanket(c: Tones) -> str:
    """A folded blanket with stripes and a fringe."""
    fringe = "".join(f'<path d="M{x} 118v12"/>' for x in range(38, 126, 7))
    return f"""
<g stroke="{c.light}" stroke-width="3.5" stroke-linecap="round">{fringe}</g>
<rect x="26" y="94" width="108" height="28" rx="14" fill="{c.dark}"/>
<rect x="26" y="68" width="108" height="30" rx="15" fill="{c.base}"/>
<rect x="26" y="42" width="108" height="30" rx="15" fill="{c.light}"/>
<path d="M26 57q0-15 15-15h78q15 0 15 15 0 5-2 8-3-7-13-7H41q-10 0-13 7-2-3-2-8z" fill="{c.base}"/>
<g fill="{WHITE}" opacity=".8">
  <path d="M92 42h9v16h-9zM106 42h5v16h-5z"/><path d="M92 70h9v28h-9zM106 70h5v28h-5z"/>
  <path d="M92 98h9v24h-9zM106 98h5v24h-5z"/>
</g>
<path d="M36 84h40M36 109h40" stroke="{c.dark}" stroke-width="2.5" stroke-linecap="round" opacity=".5"/>"""


def _wheel(x: int, radius: int) -> str:
    place = f'cx="{x}" cy="{130 - radius}"'
    return (
        f'<circle {place} r="{radius}" fill="{INK}"/><circle {place} r="{radius - 6}" fill="{WOOD}"/>'
        f'<circle {place} r="3" fill="{INK}"/>'
    )


def train(c: Tones) -> str:
    """A wooden toy engine."""
    wheels = "".join(_wheel(x, radius) for x, radius in ((48, 19), (88, 14), (120, 14)))
    return f"""
<circle cx="110" cy="28" r="8" fill="{c.light}" opacity=".8"/>
<circle cx="124" cy="20" r="6" fill="{c.light}" opacity=".6"/>
<path d="M96 68V48h-6V38h26v10h-6v20z" fill="{INK}"/>
<rect x="62" y="64" width="76" height="38" rx="16" fill="{c.base}"/>
<path d="M62 88h75q-4 14-15 14H62z" fill="{c.dark}" opacity=".55"/>
<path d="M84 64v38M116 64v38" stroke="{c.light}" stroke-width="5"/>
<rect x="28" y="46" width="44" height="56" fill="{c.dark}"/>
<rect x="38" y="56" width="24" height="20" rx="3" fill="{CREAM}"/>
<rect x="22" y="36" width="56" height="12" rx="5" fill="{WOOD_DARK}"/>
<path d="M22 100h118l8 14H22z" fill="{WOOD}"/>{wheels}"""
