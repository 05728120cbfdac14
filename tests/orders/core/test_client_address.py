from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from orders.core.client_address import client_address, client_network


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, "192.0.2.1", None, "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "192.0.2.1", "198.51.100.7", "198.51.100.7"),
        (1, "192.0.2.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "192.0.2.1", "203.0.113.9,198.51.100.7 , 192.0.2.2", "198.51.100.7"),
        (2, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "192.0.2.1", None, "192.0.2.1"),
        (1, "192.0.2.1", "unknown", "192.0.2.1"),
        (1, "192.0.2.1", "198.51.100.7:443", "192.0.2.1"),
        (1, "192.0.2.1", "198.51.100.7, ", "192.0.2.1"),
        (1, "192.0.2.1", "2001:DB8:0::1", "2001:db8::1"),
        (1, "192.0.2.1", "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "192.0.2.1", "fe80::1%any text", "fe80::1"),
        (0, "", None, ""),
        (0, "unix:", None, ""),
        (1, "", "198.51.100.7", "198.51.100.7"),
        (1, "", "nonsense", ""),
    ],
)
def test_client_address_is_what_the_trusted_proxies_saw(
    rf: RequestFactory, settings: Settings, proxies: int, remote: str, forwarded: str | None, expected: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    request = rf.get("/", headers=headers, REMOTE_ADDR=remote)

    assert client_address(request) == expected


def test_client_address_of_a_request_without_any_is_empty(rf: RequestFactory) -> None:
    request = rf.get("/")
    del request.META["REMOTE_ADDR"]

    assert client_address(request) == ""


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("::FFFF:c633:6407", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_client_network_is_the_64_of_an_ipv6_address(rf: RequestFactory, remote: str, expected: str) -> None:
    assert client_network(rf.get("/", REMOTE_ADDR=remote)) == expected
