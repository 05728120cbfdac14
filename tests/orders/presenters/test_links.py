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
    "https://host.example:0/",
    "///host.example/x",
    "//user@host.example/x",
    "www.",
    "https://{tracking}.example/",
    "https://a..example/",
    "https://a b.example/",
    "https://host.example\\.other.example/",
    "https://" + "a" * 250 + ".example/",
    "https://host.example:80:80/",
    "https://@host.example/",
    "https://host.example/\x00",
    "https://host.example/\ud800",
    "blob:https://host.example/x",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://host.example/x",
    "/relative",
    "host.example/x",
    "https://",
    "https:///path",
    "https://user@host.example/",
    "https://bank.example@attacker.example/",
    "https://host.example\\@attacker.example/",
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


@pytest.mark.parametrize(
    ("came", "address"),
    [
        ("https://t.example/?n=AB 12", "https://t.example/?n=AB%2012"),
        ("https://t.example/a\u00a0b\u3000c", "https://t.example/a%C2%A0b%E3%80%80c"),
        ('https://t.example/"onclick=x', "https://t.example/%22onclick=x"),
        ("https://t.example/a\\b^c`d|e", "https://t.example/a%5Cb%5Ec%60d%7Ce"),
        ("https://t.example/100%", "https://t.example/100%25"),
        ("https://t.example/100%zz%20", "https://t.example/100%25zz%20"),
        ("https://t.example?n=A B#c d", "https://t.example?n=A%20B#c%20d"),
        ("www.carrier.example/1Z9", "https://www.carrier.example/1Z9"),
        ("WWW.carrier.example", "https://WWW.carrier.example"),
        ("//cdn.example/a b.png", "https://cdn.example/a%20b.png"),
        ("\ufeffhttps://t.example/x\u200b", "https://t.example/x"),
        ("https://t.example/?a=1&amp;b=2&copy=3", "https://t.example/?a=1&b=2&copy=3"),
    ],
)
def test_address_is_completed_and_encoded(came: str, address: str) -> None:
    assert outside_link(came) == picture_address(came) == address


@pytest.mark.parametrize(
    ("came", "filled"),
    [
        ("https://t.example/?n={tracking_number}", "https://t.example/?n=1Z%2F9%20%26"),
        ("https://t.example/{{ trackingNumber }}/x", "https://t.example/1Z%2F9%20%26/x"),
        ("https://t.example/{0}?l=en", "https://t.example/1Z%2F9%20%26?l=en"),
        ("https://t.example/{}", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/?n=${code}", "https://t.example/?n=1Z%2F9%20%26"),
        ("https://t.example/?n=#{number}", "https://t.example/?n=1Z%2F9%20%26"),
        ("https://t.example/%7Btracking%7D", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/?n=%s&l=en", "https://t.example/?n=1Z%2F9%20%26&l=en"),
        ("https://t.example/%1$s", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/%d", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/%(tracking)s", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/[TRACKING]", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/?n=%5Btracking%5D", "https://t.example/?n=1Z%2F9%20%26"),
        ("https://t.example/<tracking-id>", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/%TRACKING%", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/__TRACKING_NUMBER__", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/:tracking_number/x", "https://t.example/1Z%2F9%20%26/x"),
        ("https://t.example/@", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/?n=@&l=en", "https://t.example/?n=1Z%2F9%20%26&l=en"),
        ("https://t.example/?n=null", "https://t.example/?n=1Z%2F9%20%26"),
        ("https://t.example/undefined", "https://t.example/1Z%2F9%20%26"),
        ("https://t.example/?l=en&tracking=", "https://t.example/?l=en&tracking=1Z%2F9%20%26"),
        ("www.t.example/{tracking}/{tracking}", "https://www.t.example/1Z%2F9%20%26/1Z%2F9%20%26"),
    ],
)
def test_place_for_the_number_is_filled_in_where_it_is_known(came: str, filled: str) -> None:
    assert outside_link(came, "1Z/9 &") == filled
    assert outside_link(came) == ""


@pytest.mark.parametrize(
    "came",
    [
        "https://t.example/{zip_code}/{tracking}",
        "https://t.example/?order={order_number}",
        "https://t.example/[LANGUAGE]/x",
        "https://t.example/<b>",
    ],
)
def test_place_for_anything_else_leaves_no_link(came: str) -> None:
    assert outside_link(came, "1Z9") == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://t.example/?items[]=1&f[tracking]=2",
        "https://t.example/%20s/%d0%b0",
        "https://t.example/null-island/none.html",
        "https://t.example/@shop/1",
        "https://t.example/?q=&tracking=1",
    ],
)
def test_address_that_only_looks_unfilled_is_kept(address: str) -> None:
    assert outside_link(address) == outside_link(address, "1Z9") == address


def test_picture_has_no_place_for_a_number() -> None:
    assert picture_address("https://cdn.example/@/%20{w}") == "https://cdn.example/@/%20%7Bw%7D"


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
    assert not picture_address("http://127.0.0.1:8001/\u202e.png")
    assert picture_address("http://127.0.0.1:8001/a b.png") == "http://127.0.0.1:8001/a%20b.png"


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
