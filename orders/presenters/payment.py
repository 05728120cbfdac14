"""Payment cards as text: the brand and at most the last four digits, however much the API sends."""

from __future__ import annotations

from orders.erc.card_numbers import DOTS, card_ending
from orders.presenters.text import plain


def card_text(brand: str | None, number: str | None) -> str:
    """Say a card, such as “Visa •••• 4242”; empty where nothing of it is known."""
    ending = card_ending(number)
    return " ".join(filter(None, (plain(brand), f"{DOTS} {ending}" if ending else "")))
