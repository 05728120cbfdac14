from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.support.pages import LOOKUP, one, soup, text
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc, item, page

SHIPPED = "Shipped Thu, Jul 1, 2021, {}"


@pytest.mark.parametrize(
    ("name", "shown", "zones"),
    [
        ("Europe/Berlin", "12:00", ("CET", "CEST")),
        ("America/Sao_Paulo", "07:00", ("UTC\N{MINUS SIGN}03:00",)),
        ("Etc/GMT+5", "05:00", ("UTC\N{MINUS SIGN}05:00",)),
        ("", "10:00", ("UTC",)),
        ("Not/AZone", "10:00", ("UTC",)),
        ("../../etc/passwd", "10:00", ("UTC",)),
        ("Europe", "10:00", ("UTC",)),
        ("x" * 500, "10:00", ("UTC",)),
    ],
)
def test_times_are_in_the_zone_of_the_browser_which_is_named_once(
    browser: Client, erc: StubErc, name: str, shown: str, zones: tuple[str, ...]
) -> None:
    erc.answers(Reply(content=page(item(deliveries=[{"id": "d", "shipping_date": "2021-07-01T10:00:00Z"}]))))
    browser.cookies["timezone"] = name

    html = soup(browser.get("/orders/", LOOKUP))

    assert SHIPPED.format(shown) in text(html, "[data-delivery-id]")
    assert str(one(html, "[data-as-of]")["title"]).endswith(zones)


def test_zone_of_one_request_does_not_stay_for_the_next(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item(deliveries=[{"id": "d", "shipping_date": "2021-07-01T10:00:00Z"}]))))
    browser.cookies["timezone"] = "Asia/Tokyo"
    browser.get("/orders/", LOOKUP)
    del browser.cookies["timezone"]

    assert SHIPPED.format("10:00") in text(soup(browser.get("/orders/", LOOKUP)), "[data-delivery-id]")


def test_chosen_zone_stands_before_that_of_the_browser(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item(deliveries=[{"id": "d", "shipping_date": "2021-07-01T10:00:00Z"}]))))
    browser.cookies["timezone"] = "Asia/Tokyo"

    chosen = browser.post("/zone/", {"zone": "Europe/Berlin"})

    assert (chosen.status_code, chosen["Location"]) == (302, "/orders/")
    assert SHIPPED.format("12:00") in text(soup(browser.get("/orders/", LOOKUP)), "[data-delivery-id]")
    assert one(soup(browser.get("/zone/")), "option[selected]").get_text() == "Europe/Berlin"


def test_zone_that_a_supervisor_chooses_leads_to_a_page_that_is_theirs(db: None) -> None:
    client = staff("supervisor")
    User.objects.get(username="a-supervisor").groups.remove(Group.objects.get(name="agent"))

    chosen = client.post("/zone/", {"zone": "Europe/Berlin"})

    assert (chosen.status_code, chosen["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("zone", ["", "Mars/Base"])
def test_zone_that_is_none_gives_the_choice_back(browser: Client, erc: StubErc, zone: str) -> None:
    browser.post("/zone/", {"zone": "Europe/Berlin"})

    browser.post("/zone/", {"zone": zone})

    assert not soup(browser.get("/zone/")).select("option[selected]")
