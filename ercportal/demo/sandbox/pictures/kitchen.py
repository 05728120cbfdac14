"""Things from the kitchen: mug, kettle, tea tin, bottle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.pictures.frame import CREAM, INK, STEEL, STEEL_DARK, WHITE

if TYPE_CHECKING:
    from ercportal.demo.sandbox.pictures.frame import Tones


def mug(c: Tones) -> str:
    """A mug of coffee, steaming."""
    return f"""
<g fill="none" stroke="{c.light}" stroke-width="4.5" stroke-linecap="round">
  <path d="M58 42q-6-6 0-12t0-12"/><path d="M74 42q-6-6 0-12t0-12"/><path d="M90 42q-6-6 0-12t0-12"/>
</g>
<path d="M104 70h9a17 17 0 0 1 0 36h-11" fill="none" stroke="{c.dark}" stroke-width="9"/>
<path d="M38 58h72v46q0 26-26 26H64q-26 0-26-26z" fill="{c.base}"/>
<path d="M94 58h16v46q0 26-26 26h-8q18-4 18-26z" fill="{c.dark}" opacity=".45"/>
<ellipse cx="74" cy="58" rx="36" ry="9" fill="{c.light}"/>
<ellipse cx="74" cy="59" rx="31" ry="6.5" fill="#5a3b2a"/>
<path d="M48 76v28" stroke="{c.light}" stroke-width="6" stroke-linecap="round"/>"""


def kettle(c: Tones) -> str:
    """A swan-neck kettle."""
    return f"""
<path d="M56 112Q34 110 34 84T18 56" fill="none" stroke="{c.dark}" stroke-width="8" stroke-linecap="round"/>
<path d="M108 66h14q16 0 16 16v20q0 12-12 12" fill="none" stroke="{INK}" stroke-width="9" stroke-linecap="round"/>
<path d="M60 56h46l14 66q1 8-8 8H54q-9 0-8-8z" fill="{c.base}"/>
<path d="M94 56h12l14 66q1 8-8 8h-18q8-2 7-12z" fill="{c.dark}" opacity=".45"/>
<path d="M66 70l-7 40" stroke="{c.light}" stroke-width="6" stroke-linecap="round"/>
<path d="M58 56q0-14 25-14t25 14z" fill="{c.dark}"/>
<rect x="76" y="30" width="14" height="13" rx="6" fill="{INK}"/>
<rect x="44" y="123" width="78" height="8" rx="4" fill="{INK}"/>"""


def tea(c: Tones) -> str:
    """A tin of tea with a leaf on its label."""
    return f"""
<rect x="44" y="48" width="72" height="83" rx="7" fill="{c.base}"/>
<path d="M98 48h11q7 0 7 7v69q0 7-7 7H98z" fill="{c.dark}" opacity=".45"/>
<rect x="40" y="30" width="80" height="22" rx="7" fill="{c.dark}"/>
<rect x="46" y="35" width="44" height="4" rx="2" fill="{c.light}"/>
<rect x="44" y="64" width="72" height="52" fill="{CREAM}"/>
<path d="M64 104Q60 78 98 74Q98 106 66 104z" fill="#6f9a4e"/>
<path d="M60 110Q74 92 90 82" fill="none" stroke="#4c7034" stroke-width="3" stroke-linecap="round"/>
<path d="M44 64h72M44 116h72" stroke="{c.light}" stroke-width="3"/>"""


def bottle(c: Tones) -> str:
    """An insulated bottle with a carrying loop."""
    return f"""
<path d="M70 32q0-14 10-14t10 14" fill="none" stroke="{INK}" stroke-width="6"/>
<rect x="64" y="28" width="32" height="20" rx="5" fill="{INK}"/>
<rect x="67" y="46" width="26" height="8" fill="{STEEL}"/>
<path d="M67 53h26q15 7 15 24v44q0 10-10 10H62q-10 0-10-10V77q0-17 15-24z" fill="{c.base}"/>
<path d="M93 53q15 7 15 24v44q0 10-10 10H88q8-2 8-12V76q0-16-9-23z" fill="{c.dark}" opacity=".5"/>
<path d="M62 78v34" stroke="{c.light}" stroke-width="6" stroke-linecap="round"/>
<path d="M68 108l10-16 6 8 4-5 8 13z" fill="{WHITE}" opacity=".85"/>
<path d="M53 122h54" stroke="{STEEL_DARK}" stroke-width="3" opacity=".5"/>"""
