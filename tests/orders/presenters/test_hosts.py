"""Hosts in every spelling that a browser takes."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.presenters.hosts import is_public
from orders.presenters.links import outside_link, picture_address


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "127.0.0.1.", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1"),
        *("0", "0.0.0.0", "0x0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "%31%32%37.0.0.1", "127.0.0.%31"),
        *("::1", "::", "fe80::1", "fe80::1%25eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::1"),
        *("localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "%6cocalhost"),
        *(
            "loc\u00adalhost",
            "ｌｏｃａｌｈｏｓｔ",
            "printer.local",
            "metadata.google.internal",
            "nas.home.arpa",
            "pc.lan",
        ),
        *("intranet", "portal", "com"),
        *("0x", "0x.", "09", "1.2.3.4.5", "256.0.0.1", "example.1", "example.0x1", "4294967296"),
        *("", ".", "a..example", "a b.example", "a_{b}.example", "a%.example", "a%2f.example", "a\\b.example"),
        *("\ud800.example", "1:2:3", "x" * 250 + ".example"),
    ],
)
def test_host_that_is_none_of_the_public_web_is_refused(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "carrier.example",
            "CARRIER.Example.",
            "a.b-c.example",
            "a_b.example",
            "bücher.example",
            "xn--bcher-kva.example",
        ),
        *(
            "localhost.example",
            "mylocalhost.com",
            "local.example",
            "lan.example",
            "127.0.0.1.example",
            "1e100.net",
        ),
        *("1.1.1.1", "8.8.8.8", "0x08080808", "172.32.0.1", "203.0.113.5", "2606:4700::1111", "2001:db8::1"),
        *("::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808", "☃.example", "t.co"),
    ],
)
def test_host_of_the_public_web_is_taken(host: str) -> None:
    assert is_public(host)


@pytest.fixture
def named(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example", ".desk.example", "203.0.113.5", "[2001:db8::5]", "*"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://public.example:8443", "https://*.shop.example"]


@pytest.mark.parametrize(
    "host",
    [
        *("portal.example", "PORTAL.example.", "portal.example:8443", "ｐortal.example", "p%6frtal.example"),
        *("desk.example", "a.desk.example", "public.example", "a.shop.example", "203.0.113.5", "0xcb.0.0x71.5"),
        *("[2001:db8::5]", "[2001:db8:0::0:5]"),
    ],
)
@pytest.mark.usefixtures("named")
def test_name_of_the_portal_itself_is_refused(host: str) -> None:
    assert picture_address(f"https://{host}/orders/") == outside_link(f"https://{host}/orders/") == ""


@pytest.mark.parametrize("host", ["notportal.example", "portal.example.org", "cdn.example", "www.portal.example"])
@pytest.mark.usefixtures("named")
def test_other_name_is_taken_beside_those_of_the_portal(host: str) -> None:
    assert picture_address(f"https://{host}/a.png") == f"https://{host}/a.png"
