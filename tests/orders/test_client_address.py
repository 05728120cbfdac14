from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from orders.client_address import client_address


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
