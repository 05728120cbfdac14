"""The frame of the embedded panel around the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from django.utils import translation

from orders.presenters.text import clean

_THEMES = {"light", "dark"}


class Shown(Protocol):
    """What a panel shows: a customer, and one order of theirs or any (empty)."""

    @property
    def customer_id(self) -> str: ...

    @property
    def order_id(self) -> str: ...


class PanelView(NamedTuple):
    """The panel: whom and what it is for, what it loads first, and which origins it talks to.

    `link` is empty where the agent has to say the order first; customer and order are, too, for a refused launch.
    """

    customer_id: str
    raw_customer_id: str
    order_id: str
    link: str
    theme: str
    language: str
    direction: str
    origins: str


def panel(shown: Shown | None, origins: Sequence[str], link: str = "", *, theme: str = "") -> PanelView:
    """The panel that a launch opens, in the theme that it asks for; `shown` is None where it was refused."""
    return PanelView(
        customer_id=clean(shown.customer_id) if shown else "",
        raw_customer_id=shown.customer_id if shown else "",
        order_id=clean(shown.order_id) if shown else "",
        link=link,
        theme=theme if theme in _THEMES else "",
        language=translation.get_language() or "en",
        direction="rtl" if translation.get_language_bidi() else "ltr",
        origins=" ".join(origins),
    )
