"""Connections that bound every wait, from the name look-up to the last byte, by the current deadline.

A socket time-out bounds only one read, so a server that sends a byte a second could hold a request for as long as
it likes. Here each read gets what is left of the deadline.
"""

from __future__ import annotations

import io
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from orders.erc.deadline import bound

# The system's resolver cannot be interrupted, so another thread runs it. That is rare: connections are reused.
_resolver = ThreadPoolExecutor(max_workers=4, thread_name_prefix="erc-resolver")


class _BoundedReader(io.RawIOBase):
    """Reader of a socket; the deadline and the read time-out bound each read."""

    def __init__(self, owner: BoundedSocket, raw: socket.SocketIO) -> None:
        self._owner = owner
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._owner.bound_by_deadline()
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class BoundedSocket:
    """A connected socket whose reads and writes are bounded by the current deadline."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._timeout = sock.gettimeout()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def settimeout(self, value: float | None) -> None:
        self._timeout = value
        self._sock.settimeout(value)

    def bound_by_deadline(self) -> None:
        """Give the socket's next operation the rest of the deadline. Raises TimeoutError when nothing is left."""
        self._sock.settimeout(bound(self._timeout))

    def sendall(self, data: bytes) -> None:
        self.bound_by_deadline()
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedReader(self, self._sock.makefile(mode, buffering=0)))  # type: ignore[call-overload]


def _addresses(host: str, port: int, timeout: float | None) -> list[tuple[Any, ...]]:
    found = _resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return found.result(timeout=bound(timeout))


def _open_socket(connection: HTTPConnection, timeout: float | None) -> socket.socket:
    host = connection.host
    try:
        addresses = _addresses(host, connection.port, timeout)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"no address for {host} in time") from error
    except (socket.gaierror, UnicodeError) as error:
        raise NameResolutionError(host, connection, socket.gaierror(str(error))) from error
    return _connect_first(connection, addresses, timeout)


def _connect_first(
    connection: HTTPConnection, addresses: list[tuple[Any, ...]], timeout: float | None
) -> socket.socket:
    trouble: OSError = OSError("the name has no address")
    for family, kind, protocol, _name, address in addresses:
        sock = socket.socket(family, kind, protocol)
        try:
            for option in connection.socket_options or ():
                sock.setsockopt(*option)
            sock.settimeout(bound(timeout))
            sock.connect(address)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    if isinstance(trouble, TimeoutError):
        raise ConnectTimeoutError(connection, f"no connection to {connection.host} in time") from trouble
    raise NewConnectionError(connection, str(trouble)) from trouble


class _BoundedHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _open_socket(self, self.timeout)

    def connect(self) -> None:
        super().connect()
        self.sock = BoundedSocket(self.sock)


class _BoundedHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _open_socket(self, self.timeout)

    def connect(self) -> None:
        super().connect()
        self.sock = BoundedSocket(self.sock)


class BoundedHTTPPool(HTTPConnectionPool):
    """A pool of plain connections bounded by the deadline."""

    ConnectionCls = _BoundedHTTPConnection


class BoundedHTTPSPool(HTTPSConnectionPool):
    """A pool of TLS connections bounded by the deadline."""

    ConnectionCls = _BoundedHTTPSConnection
