"""Sends requests to the ERC API and its token endpoint and reads whole responses.

Every request has connect and read time-outs and a deadline, reuses connections, follows no redirect, uses no
proxy, netrc or cookie, and limits the body's size after decompression.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import requests
import requests.adapters
import urllib3
from requests.structures import CaseInsensitiveDict

from orders.erc.card_bodies import mask_card_numbers
from orders.erc.errors import CutShort, InvalidResponse, Response, TimedOut, Unavailable
from orders.erc.sockets import BoundedHTTPPool, BoundedHTTPSPool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orders.erc.deadline import Deadline

_CHUNK = 64 * 1024
_MAX_CAUSES = 5
# Of a longer error nobody reads more, and masking all of it would stop every thread for as long as a second.
_MAX_ERROR_BYTES = 100_000
# Errors of names, ports and certificates: the request was not sent.
_BEFORE_CONNECTION = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.SSLError,
)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of a single attempt: time-outs in seconds, body size in bytes after decompression.

    At most `max_connections` requests run at once; more wait within their deadline.
    """

    connect_timeout: float = 3.0
    read_timeout: float = 8.0
    max_body_bytes: int = 5_000_000
    max_connections: int = 64


class Request(NamedTuple):
    """One request to the API. `token` is "kept" for a cached access token, "fetched" for a new one, else empty.

    `said` is what a caller said, beside what stands in the address's parameters for it. `max_body_bytes` limits
    the response further than the transport does.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    correlation_id: str
    body: bytes | None = None
    token: str = ""
    said: tuple[str, ...] = ()
    max_body_bytes: int | None = None


class _Adapter(requests.adapters.HTTPAdapter):
    """requests' adapter over connections bounded by the deadline."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(pool_connections=4, pool_maxsize=limits.max_connections, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = {"http": BoundedHTTPPool, "https": BoundedHTTPSPool}


class Transport:
    """Sends requests over a pool of open connections; thread-safe.

    It calls the adapter directly, because a `requests.Session` would add cookies, redirects, netrc and proxies.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._adapter = _Adapter(limits)
        self._free = threading.BoundedSemaphore(limits.max_connections)

    def send(self, request: Request, deadline: Deadline) -> Response:
        """Send once. Raises TimedOut, Unavailable (no usable connection) or InvalidResponse (unusable body)."""
        if not self._free.acquire(timeout=max(0.0, deadline.remaining())):
            raise TimedOut("all connections were busy")
        try:
            with deadline.enforce():
                timeouts = (self._limits.connect_timeout, self._limits.read_timeout)
                received = self._adapter.send(_prepare(request), stream=True, timeout=timeouts)
                return self._read(received, request.max_body_bytes or self._limits.max_body_bytes)
        except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError) as error:
            raise _name(TimedOut("no answer in time"), error) from error
        except urllib3.exceptions.DecodeError as error:
            raise InvalidResponse("the body cannot be decompressed") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            trouble = TimedOut("no answer in time") if deadline.has_passed else Unavailable(_trouble(error))
            raise _name(trouble, error) from error
        finally:
            self._free.release()

    def _read(self, received: requests.Response, max_bytes: int) -> Response:
        """Read the whole response; return its connection to the pool, or close an unusable one."""
        status, raw = received.status_code, received.raw
        chunks: list[bytes] = []
        try:
            self._read_body(raw, chunks, min(max_bytes, self._limits.max_body_bytes))
        except (urllib3.exceptions.ProtocolError, InvalidResponse) as error:
            raw.close()
            if isinstance(error.__cause__ or error.__context__, OSError):
                raise
            trouble = (
                error
                if isinstance(error, InvalidResponse)
                else CutShort("the body ended too early", status=status)
            )
            trouble.received = _response(received, chunks)
            raise trouble from error
        except BaseException:
            raw.close()
            raise
        raw.release_conn()
        return _response(received, chunks)

    @staticmethod
    def _read_body(raw: urllib3.HTTPResponse, chunks: list[bytes], max_bytes: int) -> None:
        size = 0
        # read1 returns what has arrived; read would lose it when the rest does not come.
        while chunk := raw.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > max_bytes:
                raise InvalidResponse(f"the body is larger than {max_bytes} bytes", status=raw.status)
            chunks.append(chunk)


def request_headers(request: Request) -> dict[str, str]:
    """Give all headers of a request."""
    return {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": "order-items-portal",
        "X-Correlation-ID": request.correlation_id,
        **request.headers,
    }


def without_card_forms(response: Response) -> Response:
    """Give a response that nobody could read as what was asked for: its text may quote anything, as an error's."""
    return response._replace(body=mask_card_numbers(response.body[:_MAX_ERROR_BYTES], is_error=True))


def _response(received: requests.Response, chunks: list[bytes]) -> Response:
    """Give the response with its card numbers masked here, so that nobody above ever has a whole one."""
    response = Response(received.status_code, received.headers, b"".join(chunks))
    if not 200 <= response.status < 300:
        return without_card_forms(response)
    return response._replace(body=mask_card_numbers(response.body, is_error=False))


def _prepare(request: Request) -> requests.PreparedRequest:
    # By hand, because requests' own preparation would decode and re-encode the address.
    prepared = requests.PreparedRequest()
    prepared.method = request.method
    prepared.url = request.url
    prepared.headers = CaseInsensitiveDict(request_headers(request))
    prepared.body = request.body
    if request.body is not None:
        prepared.headers["Content-Length"] = str(len(request.body))
    return prepared


def _name(trouble: Unavailable, error: Exception) -> Unavailable:
    trouble.had_connection = not any(isinstance(cause, _BEFORE_CONNECTION) for cause in _causes(error))
    return trouble


def _trouble(error: Exception) -> str:
    # Class names only: messages of the HTTP library quote addresses with customers' ids.
    names = dict.fromkeys(type(cause).__name__ for cause in _causes(error))
    return "no usable connection (" + " from ".join(names) + ")"


def _causes(error: Exception) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_MAX_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__
