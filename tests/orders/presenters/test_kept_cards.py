"""Cards that are kept to be shown again are never shown for anything else."""

from __future__ import annotations

import json

from django.test import Client

from tests.support.pages import LOOKUP, one, soup
from tests.support.stub_erc import Reply, StubErc, item, page


def prices(browser: Client, erc: StubErc, *values: str) -> list[str]:
    """What the same item's card says, with one price after the other."""
    found = []
    for value in values:
        content = json.dumps(page(item("a", price={"value": "PRICE", "currency": "PTS"})))
        erc.answers(Reply(content=content.replace('"PRICE"', value).encode()))
        found.append(one(soup(browser.get("/orders/", {**LOOKUP, "refresh": "1"})), "[data-price]").get_text())
    return found


def test_prices_that_are_equal_as_numbers_keep_their_own_digits(browser: Client, erc: StubErc) -> None:
    found = prices(browser, erc, "10.10", "10.1", "10.10", "11")

    assert ["10.10" in found[0], "10.10" in found[1], "10.1" in found[1], "11" in found[3]] == [
        True,
        False,
        True,
        True,
    ]
    assert found[0] == found[2]


def test_same_item_is_said_in_each_language(browser: Client, erc: StubErc) -> None:
    erc.answers(*[Reply(content=page(item("a", deliveries=[{"id": "d"}])))] * 3)
    titles = [
        one(soup(browser.get("/orders/", {**LOOKUP, "refresh": "1"}, HTTP_ACCEPT_LANGUAGE=code)), "h3").get_text()
        for code in ("en", "de", "en")
    ]

    assert titles[0] == titles[2] == "Shipment"
    assert titles[1] == "Sendung"


def test_same_item_is_shown_in_each_zone(browser: Client, erc: StubErc) -> None:
    delivery = {"id": "d", "last_update": "2026-01-01T12:00:00Z"}
    erc.answers(*[Reply(content=page(item("a", deliveries=[delivery])))] * 2)
    times = []
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        browser.cookies["timezone"] = zone
        times.append(one(soup(browser.get("/orders/", {**LOOKUP, "refresh": "1"})), ".facts dd").get_text())

    assert "13:00" in times[0]
    assert "21:00" in times[1]
