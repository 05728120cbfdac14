"""One instance with two workers, asked by clients that are slow, odd, or too many."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cluster.instances import Instance
from tests.support.paths import ROOT
from tests.support.probes import page as probe
from tests.support.slow_clients import HALVES, connections, readers, seconds_until_ended
from tests.support.stub_erc import StubErc

pytestmark = pytest.mark.xdist_group("slow clients")

# A request is ended after 5 s, by a loop that looks each second; the rest is for a machine that is busy.
_SOON = 15.0


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """It runs with SQLite, and believes nothing that stands in a header."""
    folder = tmp_path_factory.mktemp("instance")
    with StubErc() as stub:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.support.uncollected_settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "0",
            "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnop-qrstuvwxyz",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
            "ERC_API_BASE_URL": stub.base_url,
            "ERC_TOKEN_URL": f"{stub.base_url}/oauth/token",
            "ERC_CLIENT_ID": "client",
            "ERC_CLIENT_SECRET": "secret",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        made = Instance(env, folder / "log", workers=2)
        made.start()
        yield made
        made.kill()


def answered(port: int, request: bytes) -> bytes:
    """All that comes back, until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(request)
        return b"".join(iter(lambda: client.recv(65_536), b""))


@pytest.mark.parametrize("name", HALVES)
def test_clients_that_send_half_a_request_block_no_other_and_are_ended(instance: Instance, name: str) -> None:
    with connections(instance.port, 60, HALVES[name]) as opened:
        with (
            probe(f"{instance.address}/healthz").at_work() as asked,
            probe(f"{instance.address}/login/").at_work() as sign_in,
        ):
            time.sleep(0.5)
        ended = max(seconds_until_ended(one, _SOON) for one in opened)

    assert asked.statuses == sign_in.statuses == {200}
    assert max(asked.slowest, sign_in.slowest) < 4
    assert ended < _SOON


def test_clients_that_take_nothing_of_a_large_answer_block_no_other(instance: Instance) -> None:
    request = b"GET /static/css/cards.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 40

    with (
        readers(instance.port, 60, request),
        probe(f"{instance.address}/healthz").at_work() as asked,
        probe(f"{instance.address}/login/").at_work() as sign_in,
    ):
        time.sleep(0.5)

    assert asked.statuses == sign_in.statuses == {200}
    assert max(asked.slowest, sign_in.slowest) < 4


def test_client_that_is_slow_with_a_whole_request_is_answered(instance: Instance) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"

    with socket.create_connection(("127.0.0.1", instance.port), 10) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(len(request)):
            client.sendall(request[at : at + 1])
        answer = b"".join(iter(lambda: client.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"ok\n")


def test_requests_one_behind_the_other_are_answered_in_order(instance: Instance) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    other = b"GET /no-such-page HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"

    answer = answered(instance.port, one + one + other)

    assert [int(status) for status in re.findall(rb"HTTP/1.1 (\d+) ", answer)] == [200, 200, 404]


def test_client_that_waits_to_be_told_to_go_on_is_told_once(instance: Instance) -> None:
    head = (
        b"POST /embed/launch HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 7\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
    )

    with socket.create_connection(("127.0.0.1", instance.port), 10) as client:
        client.sendall(head)
        told = client.recv(4096)
        client.sendall(b"token=x")
        answer = b"".join(iter(lambda: client.recv(4096), b""))

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert re.match(rb"HTTP/1.1 4\d\d ", answer)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", 431),
        (b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3000000\r\n\r\n" + b"a" * 3_000_000, 413),
        (b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nSCRIPT_NAME: /healthz\r\nConnection: close\r\n\r\n", 200),
    ],
    ids=["line", "head", "body", "bare LF", "two lengths", "SCRIPT_NAME"],
)
def test_odd_request_gets_its_status_at_once(instance: Instance, request_: bytes, status: int) -> None:
    answer = answered(instance.port, request_)

    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:200]


def test_long_address_of_load_more_reaches_the_portal(instance: Instance) -> None:
    cursor = "c" * 8000
    connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=10)

    connection.request("GET", f"/orders/?customer_id=C-1&order_id=O-1&cursor={cursor}&trail={'t' * 4000}")
    response = connection.getresponse()
    connection.close()

    # To the sign-in.
    assert response.status == 302


def test_client_says_nothing_of_itself_that_is_believed(instance: Instance) -> None:
    forged = (
        b"GET /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"
        b"X-Forwarded-Host: evil.example\r\nX-Request-ID: forged\r\nPATH_INFO: /healthz\r\n"
        b"Connection: close\r\n\r\n"
    )

    answer = answered(instance.port, forged)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b'name="password"' in answer
    assert b"forged" not in answer
    assert b"evil.example" not in answer
    # It would be there if the connection counted as https.
    assert b"Strict-Transport-Security" not in answer


def test_worker_that_is_frozen_keeps_no_new_connection_waiting(instance: Instance) -> None:
    frozen = instance.workers()[0]
    os.kill(frozen, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(20) as pool:
            statuses = list(pool.map(lambda _: health(instance.port), range(40)))
    finally:
        os.kill(frozen, signal.SIGCONT)

    assert set(statuses) == {200}


def health(port: int) -> int:
    """What a client gets at /healthz on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/healthz")
    status = connection.getresponse().status
    connection.close()
    return status


def test_connections_that_are_idle_make_room_for_new_ones(instance: Instance) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    with ExitStack() as stack:
        for _ in range(3):
            opened = stack.enter_context(connections(instance.port, 400, request))
            for one in opened:
                one.recv(4096)
        status = health(instance.port)

    assert status == 200


def test_replacement_of_the_only_worker_refuses_no_connection(instance: Instance, tmp_path: Path) -> None:
    with Instance({**instance.env, "WEB_MAX_REQUESTS": "20"}, tmp_path / "log", workers=1) as alone:
        [first] = alone.workers()
        answers = [health(alone.port) for _ in range(60)]
        replaced = alone.workers() != [first]

    assert set(answers) == {200}
    assert replaced
