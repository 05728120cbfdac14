"""Pictures of what the made-up shops sell, drawn in code. `mug-teal.svg` is a mug in the colourway teal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ercportal.demo.sandbox.pictures import clothes, devices, home, kitchen, payment
from ercportal.demo.sandbox.pictures.frame import COLOURWAYS, Tones, framed
from ercportal.demo.sandbox.wire import Answer, Headers, error_answer

if TYPE_CHECKING:
    from collections.abc import Callable

BROKEN_PICTURE = "broken.png"
"""A picture that is promised as PNG and is none."""


class _Motif(NamedTuple):
    draw: Callable[[Tones], str]
    label: str
    shadow_width: int


_MOTIFS = {
    "backpack": _Motif(clothes.backpack, "Backpack", 46),
    "blanket": _Motif(home.blanket, "Blanket", 56),
    "book": _Motif(home.book, "Book", 46),
    "bottle": _Motif(kitchen.bottle, "Bottle", 34),
    "camera": _Motif(devices.camera, "Camera", 60),
    "card": _Motif(payment.card, "Payment card", 58),
    "chair": _Motif(home.chair, "Chair", 48),
    "headphones": _Motif(devices.headphones, "Headphones", 56),
    "helmet": _Motif(clothes.helmet, "Helmet", 50),
    "kettle": _Motif(kitchen.kettle, "Kettle", 50),
    "keyboard": _Motif(devices.keyboard, "Keyboard", 68),
    "lamp": _Motif(devices.lamp, "Desk lamp", 56),
    "mug": _Motif(kitchen.mug, "Mug", 44),
    "plant": _Motif(home.plant, "Potted plant", 36),
    "sneaker": _Motif(clothes.sneaker, "Trainer", 66),
    "speaker": _Motif(devices.speaker, "Speaker", 46),
    "tea": _Motif(kitchen.tea, "Tea tin", 46),
    "train": _Motif(home.train, "Toy train", 62),
    "tshirt": _Motif(clothes.tshirt, "T-shirt", 48),
    "umbrella": _Motif(clothes.umbrella, "Umbrella", 36),
    "watch": _Motif(clothes.watch, "Wrist watch", 26),
}

PICTURE_NAMES = tuple(f"{motif}-{colourway}.svg" for motif in _MOTIFS for colourway in COLOURWAYS)
"""Every picture that can be asked for, the broken one aside."""

_HEADERS: Headers = (
    ("Cache-Control", "public, max-age=86400"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("X-Content-Type-Options", "nosniff"),
)


def picture_answer(name: str) -> Answer:
    """The picture of that file name, to anybody; 404 if there is none."""
    if name == BROKEN_PICTURE:
        return Answer(200, b"This is not a picture.\n", "image/png", _HEADERS)
    if name not in PICTURE_NAMES:
        return error_answer(404, "There is no such picture.")
    motif, _, colourway = name.removesuffix(".svg").partition("-")
    return Answer(200, _drawn(_MOTIFS[motif], COLOURWAYS[colourway]).encode(), "image/svg+xml", _HEADERS)


def _drawn(motif: _Motif, tones: Tones) -> str:
    return framed(motif.draw(tones), tones, motif.label, motif.shadow_width)
