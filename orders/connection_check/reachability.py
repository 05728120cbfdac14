"""Tries a server's name, port and certificate, for the connection check only."""

from __future__ import annotations

import enum
import socket
import ssl
import time
from typing import NamedTuple


class Trouble(enum.Enum):
    """The obstacle to a connection."""

    NAME = "name"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    NETWORK = "network"
    CERTIFICATE_EXPIRED = "certificate expired"
    CERTIFICATE_NAME = "certificate name"
    CERTIFICATE_UNTRUSTED = "certificate untrusted"
    TLS = "tls"


class Unreachable(Exception):
    """No usable connection; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Secured(NamedTuple):
    """The TLS version, and for how many days the certificate is still valid."""

    version: str
    days_left: int


# OpenSSL's verification results (x509_vfy.h).
_EXPIRED = {9, 10}
_WRONG_NAME = {62, 64}


def addresses(host: str, port: int) -> tuple[str, ...]:
    """Look up the addresses of a name. Raises Unreachable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(Trouble.NAME) from None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(host: str, port: int, seconds: float) -> None:
    """Open a connection and close it again. Raises Unreachable."""
    with _open(host, port, seconds):
        return


def secure(host: str, port: int, seconds: float) -> Secured:
    """Open a TLS connection, check the certificate for the name, and close it. Raises Unreachable."""
    with _open(host, port, seconds) as plain:
        try:
            with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secured:
                certificate = secured.getpeercert() or {}
                return Secured(secured.version() or "TLS", _days_left(str(certificate.get("notAfter", ""))))
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(_certificate_trouble(error.verify_code)) from None
        except TimeoutError:
            raise Unreachable(Trouble.TIMEOUT) from None
        except (ssl.SSLError, OSError):
            raise Unreachable(Trouble.TLS) from None


def _open(host: str, port: int, seconds: float) -> socket.socket:
    try:
        return socket.create_connection((host, port), timeout=seconds)
    except TimeoutError:
        raise Unreachable(Trouble.TIMEOUT) from None
    except ConnectionRefusedError:
        raise Unreachable(Trouble.REFUSED) from None
    except (OSError, UnicodeError):
        raise Unreachable(Trouble.NETWORK) from None


def _certificate_trouble(code: int) -> Trouble:
    if code in _EXPIRED:
        return Trouble.CERTIFICATE_EXPIRED
    return Trouble.CERTIFICATE_NAME if code in _WRONG_NAME else Trouble.CERTIFICATE_UNTRUSTED


def _days_left(not_after: str) -> int:
    try:
        return int((ssl.cert_time_to_seconds(not_after) - time.time()) // 86400)
    except ValueError:
        return 0
