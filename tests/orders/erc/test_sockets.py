from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from orders.erc.deadline import Deadline
from orders.erc.errors import TimedOut, Unavailable
from orders.erc.sockets import BoundedHTTPPool, BoundedHTTPSPool, BoundedSocket
from orders.erc.transport import Request, Transport
from tests.support.ports import free_port
from tests.support.stub_erc import StubErc


def connection(host: str, port: int, timeout: float = 2, pool: Any = BoundedHTTPPool) -> Any:
    return pool.ConnectionCls(host, port, timeout=timeout)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_host_name_that_cannot_be_encoded_is_unavailable(transport: Transport) -> None:
    host = "a" * 64 + ".example"

    with pytest.raises(Unavailable) as caught:
        transport.send(Request("GET", f"http://{host}/x", {}, "c"), Deadline(2))

    assert not caught.value.had_connection


def test_host_name_without_an_address_is_told_by_its_name() -> None:
    with pytest.raises(NameResolutionError, match=r"port=80.*'no-such-host\.invalid' \(\[Errno -\d+\] \w+"):
        connection("no-such-host.invalid", 80).connect()


def test_connection_sends_small_parts_at_once(listener: socket.socket) -> None:
    opened = connection("127.0.0.1", listener.getsockname()[1])

    opened.connect()

    assert opened.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    opened.close()


def test_connection_without_options_is_opened_as_well(listener: socket.socket) -> None:
    opened = connection("127.0.0.1", listener.getsockname()[1])
    opened.socket_options = None

    opened.connect()

    assert opened.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
    opened.close()


def addresses(monkeypatch: pytest.MonkeyPatch, *found: tuple[str, int]) -> None:
    """What every name leads to."""
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in found]
    monkeypatch.setattr("orders.erc.sockets.socket.getaddrinfo", lambda *_args, **_options: answers)


def test_second_address_is_tried_where_the_first_refuses(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses(monkeypatch, ("127.0.0.1", free_port()), listener.getsockname())
    opened = connection("two.example", 80)

    opened.connect()

    assert opened.sock.getpeername() == listener.getsockname()
    opened.close()


def test_name_that_leads_nowhere_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses(monkeypatch)

    with pytest.raises(NewConnectionError, match=r"nowhere\.example.*: the name has no address$"):
        connection("nowhere.example", 80).connect()


@contextmanager
def full(listener: socket.socket) -> Iterator[None]:
    """A server that takes no more connections: its queue is full."""
    listener.listen(0)
    held = []
    for _ in range(3):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(listener.getsockname())
        held.append(one)
    yield
    for one in held:
        one.close()


def test_connection_that_does_not_come_about_in_time_is_a_time_out_of_the_connection(
    listener: socket.socket, transport: Transport
) -> None:
    host, port = listener.getsockname()

    with full(listener), pytest.raises(TimedOut) as caught:
        transport.send(Request("GET", f"http://{host}:{port}/x", {}, "c"), Deadline(0.4))

    assert not caught.value.had_connection


@pytest.mark.parametrize("pool", [BoundedHTTPPool, BoundedHTTPSPool])
def test_time_out_of_a_connection_is_the_shorter_of_its_own_and_the_deadline(
    listener: socket.socket, pool: Any
) -> None:
    host, port = listener.getsockname()
    started = time.monotonic()

    with full(listener):
        with pytest.raises(ConnectTimeoutError, match="no connection to 127"):
            connection(host, port, 0.2, pool).connect()
        with Deadline(0.2).enforce(), pytest.raises(ConnectTimeoutError):
            connection(host, port, 30, pool).connect()

    assert time.monotonic() - started < 5


def test_name_that_is_not_found_in_time_is_a_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = threading.Event()
    monkeypatch.setattr("orders.erc.sockets.socket.getaddrinfo", lambda *_args, **_options: may_end.wait(5) or [])

    with pytest.raises(ConnectTimeoutError, match=r"no address for slow\.example"):
        connection("slow.example", 80, timeout=0.1).connect()
    may_end.set()


def test_socket_remembers_the_time_out_of_a_single_read() -> None:
    one, other = socket.socketpair()
    bounded = BoundedSocket(one)

    bounded.settimeout(7)
    with Deadline(2).enforce():
        bounded.bound_by_deadline()
        within = one.gettimeout()
    bounded.bound_by_deadline()

    assert within is not None
    assert 1 < within <= 2
    assert one.gettimeout() == 7
    one.close()
    other.close()


def test_socket_that_is_wrapped_keeps_the_time_out_that_it_had() -> None:
    one, other = socket.socketpair()
    one.settimeout(3)
    bounded = BoundedSocket(one)
    one.settimeout(9)

    bounded.bound_by_deadline()

    assert one.gettimeout() == 3
    one.close()
    other.close()


def test_socket_sends_nothing_after_the_deadline() -> None:
    one, other = socket.socketpair()
    bounded = BoundedSocket(one)

    with Deadline(-1).enforce(), pytest.raises(TimeoutError):
        bounded.sendall(b"late")
    bounded.sendall(b"in time")

    assert other.recv(99) == b"in time"
    one.close()
    other.close()


def test_reader_ends_at_the_deadline_between_two_parts() -> None:
    one, other = socket.socketpair()
    bounded = BoundedSocket(one)
    reader = bounded.makefile("rb")
    other.sendall(b"first\n")

    with Deadline(0.2).enforce():
        first = reader.readline()
        with pytest.raises(TimeoutError):
            reader.readline()

    assert first == b"first\n"
    assert reader.readable()
    reader.close()
    one.close()
    other.close()


@pytest.mark.parametrize(("pool", "scheme"), [(BoundedHTTPPool, "http"), (BoundedHTTPSPool, "https")])
def test_pools_hand_out_bounded_connections(pool: Any, scheme: str, listener: socket.socket) -> None:
    with pool(*listener.getsockname()) as opened:
        assert opened.scheme == scheme
        assert "_Bounded" in type(opened._get_conn()).__name__


def test_addresses_of_the_sixth_version_are_reached(monkeypatch: pytest.MonkeyPatch, transport: Transport) -> None:
    asked: list[Any] = []

    def getaddrinfo(host: str, port: int, **options: Any) -> list[Any]:
        asked.append((host, port, options))
        return []

    monkeypatch.setattr("orders.erc.sockets.socket.getaddrinfo", getaddrinfo)

    with pytest.raises(Unavailable):
        transport.send(Request("GET", "http://[::1]:8/x", {}, "c"), Deadline(2))

    assert asked == [("::1", 8, {"type": socket.SOCK_STREAM})]


def test_answer_is_read_to_its_end(erc: StubErc, transport: Transport) -> None:
    answer = transport.send(Request("GET", f"{erc.base_url}/x", {}, "c"), Deadline(2))

    assert answer.body.endswith(b"}")
