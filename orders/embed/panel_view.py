"""The frame of the embedded panel around the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from django.utils import translation

from orders.presenters.text import clean

_THEMES = {"light", "dark"}


class Shown(Protocol):
    """The customer of a panel, and one order or any (empty)."""

    @property
    def customer_id(self) -> str: ...

    @property
    def order_id(self) -> str: ...


class PanelView(NamedTuple):
    """The panel: its customer and order, its first request, and the origins that it talks to.

    `link` is empty where the agent has to enter the order first; customer and order are empty for a refused
    launch.
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
    """Build a launch's panel in the requested theme; `shown` is None for a refused launch."""
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
