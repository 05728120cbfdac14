"""The labels that every card repeats, translated once per page."""

from __future__ import annotations

from typing import NamedTuple

from orders.presenters.display import gettext


class CardWords(NamedTuple):
    """Labels of an item card and its deliveries."""

    price: str
    quantity: str
    to_deliver: str
    refundable: str
    sku: str
    no_delivery: str
    tracking: str
    new_tab: str
    carrier: str
    shipped: str
    updated: str
    timeline: str
    answer: str
    copy: str
    copy_sku: str
    copy_tracking: str
    attention: str


def card_words() -> CardWords:
    """The labels in the active language."""
    return CardWords(
        price=gettext("Price"),
        quantity=gettext("Quantity"),
        to_deliver=gettext("Still to be delivered"),
        refundable=gettext("Refundable"),
        sku=gettext("SKU"),
        no_delivery=gettext("No delivery yet."),
        tracking=gettext("Tracking"),
        new_tab=gettext("(opens in a new tab)"),
        carrier=gettext("Carrier"),
        shipped=gettext("Shipped"),
        updated=gettext("Last update"),
        timeline=gettext("Progress of this delivery"),
        answer=gettext("Answer"),
        copy=gettext("Copy answer"),
        copy_sku=gettext("Copy SKU"),
        copy_tracking=gettext("Copy tracking number"),
        attention=gettext("Needs attention"),
    )
