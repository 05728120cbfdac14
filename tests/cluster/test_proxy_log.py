"""What docs/nginx.conf has nginx write down of an address, and how long a one it takes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cluster.nginx import needs_nginx, nginx
from tests.support.ports import free_port

pytestmark = needs_nginx

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXNrIn0.c2lnbmVk"


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[str]:
    """The proxy's address; its log is portal.log in the test's folder."""
    with nginx(tmp_path, [f"127.0.0.1:{free_port()}" for _ in range(2)]) as address:
        yield address


def status_of(proxy: str, target: str) -> int:
    """The status of the answer to a request line with exactly this target."""
    parts = urlsplit(proxy)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", parts.port or 443), timeout=20) as plain,
        trusting.wrap_socket(plain, server_hostname=parts.hostname) as secure,
    ):
        secure.sendall(f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        return int(secure.makefile("rb").readline().split()[1])


def test_proxy_writes_down_the_portals_own_addresses_and_nothing_that_was_typed(
    proxy: str, tmp_path: Path
) -> None:
    own = ["/", "/orders/", "/orders/pin/", "/embed/", "/embed/launch", "/embed/orders/", "/static/css/a.0f.css"]
    own += ["/admin/orders/accesslogentry/7/change/", "/sso/callback/"]
    typed = {
        f"/embed/{TOKEN}": "/embed/...",
        f"/embed//{TOKEN.lower()}": "/embed/...",
        f"/embed%2F{TOKEN}": "/embed/...",
        f"/orders/C-1001/{TOKEN}": "/orders/...",
        f"/static/{TOKEN}": "/static/...",
        f"/admin/{TOKEN}": "/admin/...",
        f"/embed{TOKEN}": "/...",
        f"/Embed/{TOKEN}": "/...",
        f"/{TOKEN}": "/...",
        f"/login/{TOKEN}": "/...",
        f"/embed/;{TOKEN}?token={TOKEN}": "/embed/...",
    }

    for target in (*own, *typed):
        status_of(proxy, target)

    log = (tmp_path / "portal.log").read_text()
    assert [line.split('"')[1].removeprefix("GET ") for line in log.splitlines()] == [*own, *typed.values()]
    assert TOKEN[:9].lower() not in log.lower()


@pytest.mark.parametrize(("length", "is_taken"), [(16_000, True), (17_000, False)])
def test_proxy_takes_the_longest_link_to_a_next_page(proxy: str, length: int, is_taken: bool) -> None:
    assert (status_of(proxy, "/orders/?cursor=" + "x" * length) != 414) is is_taken
