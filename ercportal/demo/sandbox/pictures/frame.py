"""The common look of all pictures: a square of 160 units, a soft tinted ground, a gentle shadow, a few tones."""

from __future__ import annotations

from typing import NamedTuple

WHITE = "#ffffff"
CREAM = "#fdf8ee"
INK = "#2e3944"
STEEL = "#c3ccd4"
STEEL_DARK = "#8c98a4"
WOOD = "#dca867"
WOOD_DARK = "#b67f42"


class Tones(NamedTuple):
    """One colourway: the object's own colour, its shaded and lit sides, and the ground behind it."""

    base: str
    dark: str
    light: str
    ground: str


COLOURWAYS = {
    "amber": Tones("#f0a63a", "#c47f1a", "#f8cf8b", "#fcf0da"),
    "coral": Tones("#ec6b4e", "#bf4c32", "#f7a692", "#fde9e3"),
    "indigo": Tones("#5366c9", "#394a9c", "#98a5e6", "#e6e9fa"),
    "moss": Tones("#7b9b4c", "#577235", "#b1ca86", "#eef4e2"),
    "rose": Tones("#d86a90", "#aa466b", "#eeabc3", "#fbe8ef"),
    "sand": Tones("#cba97d", "#a58154", "#e6d2b4", "#f6efe4"),
    "slate": Tones("#5d6d7e", "#3f4c5a", "#9dabb8", "#e8edf1"),
    "teal": Tones("#2b9c8f", "#1d746a", "#76cabf", "#def2ef"),
}


def framed(drawing: str, tones: Tones, label: str, shadow_width: int) -> str:
    """The drawing on its ground as an SVG document; `shadow_width` is half the width of the shadow below it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" role="img" aria-label="{label}">'
        f'<rect width="160" height="160" fill="{tones.ground}"/>'
        f'<circle cx="80" cy="78" r="62" fill="{WHITE}" opacity=".55"/>'
        f'<ellipse cx="80" cy="131" rx="{shadow_width}" ry="6" fill="{tones.dark}" opacity=".22"/>'
        f"{drawing}</svg>\n"
    )
