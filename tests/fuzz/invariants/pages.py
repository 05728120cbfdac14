"""A page shows what the list has: every item, every delivery, and what else came is told and counted."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from orders.erc.schema import Delivery, Item
from orders.lookup.listing import Listing
from orders.lookup.paging import End
from orders.presenters.attention import anchor
from tests.fuzz.invariants.exact import require_numbers
from tests.fuzz.invariants.harmless import require_copyable, require_harmless
from tests.fuzz.surfaces import Reader, Shown

ERRORS = {502: "invalid_response"}
"""What an answer of 200 may come to when it is none."""


def require_good_page(shown: Shown, reader: Reader) -> None:
    """All that must hold of an answer to an agent."""
    require_harmless(shown.page, is_from_the_right=reader.language == "ar")
    require_copyable(shown.page)
    if shown.listing is None:
        alerts = shown.page.css("[role=alert][data-error]")
        assert [alert.attributes["data-error"] for alert in alerts] == [ERRORS[shown.status]]
        return
    assert shown.status == 200
    require_shown(shown.page, shown.listing, reader.language)


def require_shown(page: LexborHTMLParser, listing: Listing, language: str) -> None:
    """The cards or rows are the list's items, each once; what is not among them is told and counted."""
    cards = {card.attributes["id"]: card for card in page.css("article[data-item-id]")}
    assert len(page.css("article[data-item-id]")) == len(listing.items)
    for item, place in zip(listing.items, listing.places, strict=True):
        card = cards[anchor(item.id, place)]
        require_card(card, item)
        require_numbers(card, item, language)
    names = [card.attributes["id"] for card in page.css("[id]")]
    assert len(names) == len(set(names)), "a name stands twice on one page"
    told = page.css_first("[data-unreadable]")
    unreadable = len(listing.page.unreadable)
    assert (int(told.attributes["data-unreadable"] or 0) if told else 0) == unreadable
    beyond = listing.page.items_beyond + sum(item.deliveries_beyond for item in listing.items)
    has_notice = bool(beyond or listing.page.defaulted or (listing.repeated and listing.items))
    assert bool(page.css("p.notice:not([data-unreadable])")) >= has_notice
    assert bool(page.css("[data-load-more]")) == (listing.end is End.MORE)


def require_card(card: LexborNode, item: Item) -> None:
    """An item's own words are on its card, and each of its deliveries has its place."""
    name = card.css_first("h2")
    assert name is not None
    assert letters(item.name) in letters(name.text(), is_escaped=False)
    require_words(card, item.brand)
    sections = card.css("[data-delivery-id]")
    deliveries = item.deliveries or ()
    assert len(sections) == len(deliveries)
    for section, delivery in zip(sections, deliveries, strict=True):
        require_delivery(section, delivery)


def require_delivery(section: LexborNode, delivery: Delivery) -> None:
    """A delivery's own words are in its section."""
    require_words(section, delivery.carrier)
    require_words(section, delivery.service_level)


def require_words(node: LexborNode, text: str | None) -> None:
    """The letters and digits of a text are among those that a part of the page shows."""
    assert letters(text or "") in letters(node.text(), is_escaped=False)


def letters(text: str, *, is_escaped: bool = True) -> str:
    """What every spelling of a text has in common."""
    plain = re.sub(r"&(#?\w+);", lambda found: html.unescape(found[0]), text) if is_escaped else text
    return "".join(filter(str.isalnum, plain))
