"""Things to wear and to carry: trainers, T-shirt, backpack, watch, helmet, umbrella."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.pictures.frame import CREAM, INK, STEEL, STEEL_DARK, WHITE

if TYPE_CHECKING:
    from ercportal.demo.sandbox.pictures.frame import Tones


def sneaker(c: Tones) -> str:
    """A trainer from the side, its toe to the right."""
    return f"""
<path d="M18 114V72q0-7 7-9 12 10 28 4 6-3 10-12 5-3 9 0l30 30q10 8 24 9 20 2 20 20z" fill="{c.base}"/>
<path d="M18 114V72q0-7 7-9 6 5 13 6 6 26-2 45z" fill="{c.dark}"/>
<path d="M112 91q6 3 14 3 20 2 20 20h-36q-5-12 2-23z" fill="{c.light}"/>
<g fill="none" stroke="{WHITE}" stroke-width="4.5" stroke-linecap="round">
  <path d="M62 110q4-20 26-30M78 110q2-14 18-24"/>
  <path d="M66 66l10-7"/><path d="M75 74l10-7"/><path d="M84 82l10-7"/>
</g>
<path d="M14 111h132q3 0 3 4v5q0 10-11 10H26q-12 0-12-12z" fill="{WHITE}"/>
<path d="M14 120h135q0 10-11 10H26q-11 0-12-10z" fill="{c.dark}"/>"""


def tshirt(c: Tones) -> str:
    """A T-shirt with a sun printed on it."""
    return f"""
<path d="M58 34l-30 14-14 30 20 11 12-13v50q0 5 5 5h58q5 0 5-5V76l12 13 20-11-14-30-30-14q-22 16-44 0z"
  fill="{c.base}"/>
<path d="M46 76V60M114 76V60" stroke="{c.dark}" stroke-width="3.5" stroke-linecap="round"/>
<path d="M58 34q22 16 44 0l5 3q-27 23-54 0z" fill="{c.dark}"/>
<path d="M100 131h9q5 0 5-5V76q-2 40-14 55z" fill="{c.dark}" opacity=".5"/>
<path d="M14 78l20 11 4-5-21-12zM146 78l-20 11-4-5 21-12z" fill="{c.dark}" opacity=".7"/>
<path d="M62 98a18 18 0 0 1 36 0z" fill="{c.light}"/>
<path d="M60 103h40M66 109h28" stroke="{WHITE}" stroke-width="3.5" stroke-linecap="round"/>"""


def backpack(c: Tones) -> str:
    """A backpack from the front."""
    return f"""
<path d="M66 34q0-16 14-16t14 16" fill="none" stroke="{c.dark}" stroke-width="6"/>
<rect x="32" y="70" width="18" height="48" rx="8" fill="{c.dark}"/>
<rect x="110" y="70" width="18" height="48" rx="8" fill="{c.dark}"/>
<path d="M42 66q0-36 38-36t38 36v54q0 11-11 11H53q-11 0-11-11z" fill="{c.base}"/>
<path d="M104 38q14 8 14 28v54q0 11-11 11h-9q8-4 8-14z" fill="{c.dark}" opacity=".45"/>
<path d="M52 68q0-27 28-27t28 27" fill="none" stroke="{c.dark}" stroke-width="3.5"/>
<rect x="52" y="84" width="56" height="38" rx="9" fill="{c.light}"/>
<path d="M52 97h56" stroke="{c.dark}" stroke-width="3.5"/>
<rect x="88" y="95" width="6" height="14" rx="3" fill="{INK}"/>
<rect x="70" y="56" width="20" height="12" rx="3" fill="{CREAM}"/>"""


def watch(c: Tones) -> str:
    """A wrist watch at ten past ten."""
    return f"""
<path d="M66 50l3-34h22l3 34z" fill="{c.base}"/><path d="M66 104l3 32h22l3-32z" fill="{c.base}"/>
<path d="M82 16h9l3 34h-9zM85 104h9l-3 32h-9z" fill="{c.dark}" opacity=".5"/>
<path d="M80 116v.1M80 123v.1M80 130v.1" stroke="{c.dark}" stroke-width="4" stroke-linecap="round"/>
<rect x="116" y="71" width="9" height="12" rx="3" fill="{STEEL_DARK}"/>
<circle cx="80" cy="77" r="39" fill="{STEEL_DARK}"/><circle cx="80" cy="77" r="36" fill="{STEEL}"/>
<circle cx="80" cy="77" r="31" fill="{CREAM}"/>
<g stroke="{INK}" stroke-width="3.5" stroke-linecap="round">
  <path d="M80 51v4M80 99v4M54 77h4M102 77h4"/>
  <path d="M80 77L67 66" stroke-width="5"/><path d="M80 77l15-17"/>
</g>
<path d="M80 77l4 19" stroke="{c.base}" stroke-width="2.5" stroke-linecap="round"/>
<circle cx="80" cy="77" r="4" fill="{INK}"/>"""


def helmet(c: Tones) -> str:
    """A cycling helmet from the side, with its strap."""
    return f"""
<path d="M52 98l18 32 30-30" fill="none" stroke="{INK}" stroke-width="5" stroke-linejoin="round"/>
<rect x="63" y="123" width="14" height="9" rx="3" fill="{INK}"/>
<path d="M18 96q0-58 62-58 54 0 62 46 1 8-7 10-30 6-60 8-34 3-50 3-7 0-7-9z" fill="{c.base}"/>
<path d="M18 96q60-2 123-20 3 15-6 18-30 6-60 8-34 3-50 3-7 0-7-9z" fill="{c.dark}"/>
<g fill="{INK}" opacity=".8">
  <path d="M34 82q4-22 22-32 5 0 3 5-12 10-16 27-8 4-9 0z"/>
  <path d="M64 78q2-20 14-31 6-1 4 5-8 10-9 26-8 4-9 0z"/>
  <path d="M95 73q-1-14 5-24 5-1 9 3-6 8-5 20-8 4-9 1z"/>
</g>
<path d="M118 58q9 7 13 18" stroke="{c.light}" stroke-width="6" fill="none" stroke-linecap="round"/>
<path d="M24 74q5-16 17-25" stroke="{c.light}" stroke-width="5" fill="none" stroke-linecap="round"/>"""


def umbrella(c: Tones) -> str:
    """An open umbrella."""
    return f"""
<path d="M80 24v90q0 15 13 15t13-13" fill="none" stroke="{INK}" stroke-width="6" stroke-linecap="round"/>
<path d="M80 24V16" stroke="{INK}" stroke-width="5" stroke-linecap="round"/>
<path d="M16 86q2-62 64-62t64 62q-9-11-21-11T101 86q-9-11-21-11T59 86q-10-11-22-11T16 86z" fill="{c.base}"/>
<path d="M80 24q-40 6-43 51-12 0-21 11 2-62 64-62z" fill="{c.light}"/>
<path d="M80 24q40 6 43 51 12 0 21 11-2-62-64-62z" fill="{c.dark}"/>
<path d="M80 24q-20 24-21 62M80 24q20 24 21 62" fill="none" stroke="{c.dark}" stroke-width="2.5" opacity=".6"/>"""
