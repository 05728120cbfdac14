from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.fixtures import Settings

from orders.erc.query import ItemsQuery
from orders.presenters.links import items_link, outside_link, picture_address

REFUSED = [
    None,
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://host.example/%0aalert(1)",
    "https:\\\\host.example\\",
    "https:host.example",
    "https://host.example\n/x",
    "https://:80/",
    "https://host.example:80:80/",
    "https://@host.example/",
    "https://host.example/\x00",
    "https://host.example/<b>",
    "https://host.example/\ud800",
    "blob:https://host.example/x",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://host.example/x",
    "//host.example/x",
    "/relative",
    "host.example/x",
    "https://",
    "https:///path",
    "https://user@host.example/",
    "https://bank.example@attacker.example/",
    "https://host.example\\@attacker.example/",
    "https://host.example/a b",
    'https://host.example/"onclick=x',
    "https://host.example/\u202etxt",
    "https://host.example:99999/",
    "http://[broken",
    "https://host.example/" + "x" * 3000,
]


@pytest.mark.parametrize("address", REFUSED)
def test_address_that_is_not_safe_to_open_is_refused(address: str | None) -> None:
    assert outside_link(address) == ""
    assert picture_address(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://usps.example/track?n=1&x=2#top",
        "http://carrier.example:8080/",
        "HTTPS://Host.Example/",
        "https://[::1]/x",
        "https://[2001:db8::1]:8443/x",
        "https://host.example?n=1@2",
        "https://host.example/@user",
        "https://carrier.example/n/%23USPS%20123",
        "https://bücher.example/größe",
        "https://host.example/" + "x" * 2027,
    ],
)
def test_web_address_is_kept_as_it_came(address: str) -> None:
    assert outside_link(f" {address} ") == address


def test_picture_is_taken_from_https_and_from_named_origins_only(settings: Settings) -> None:
    settings.IMAGE_ORIGINS = ["http://127.0.0.1:8001"]

    assert picture_address("https://cdn.example/a.png")
    assert picture_address("http://127.0.0.1:8001/a.png")
    assert not picture_address("http://127.0.0.1:8002/a.png")
    assert not picture_address("http://127.0.0.1:8001.attacker.example/a.png")
    assert not picture_address("http://127.0.0.1:8001@attacker.example/a.png")
    assert not picture_address("http://127.0.0.1:80011/a.png")
    assert not picture_address("http://127.0.0.1:8001\\@attacker.example/a.png")
    assert not picture_address("http://127.0.0.1:8001")
    assert not picture_address("http://cdn.example/a.png")


def test_picture_over_http_is_refused_where_no_origin_is_named(settings: Settings) -> None:
    settings.IMAGE_ORIGINS = []

    assert picture_address("http://127.0.0.1:8001/a.png") == ""
    assert picture_address(" https://cdn.example/a.png ") == "https://cdn.example/a.png"


def test_link_of_a_page_carries_the_query_and_its_changes() -> None:
    query = ItemsQuery(customer_id="a/b#c?d%é", order_id="O&1", limit=20, order_by="price:asc", cursor="x+y=")

    link = items_link("/orders/", query, {"cursor": None, "limit": "5"}, "sealed")

    assert urlsplit(link).path == "/orders/"
    assert parse_qs(urlsplit(link).query) == {
        "customer_id": ["a/b#c?d%é"],
        "order_id": ["O&1"],
        "limit": ["5"],
        "order_by": ["price:asc"],
        "trail": ["sealed"],
    }
