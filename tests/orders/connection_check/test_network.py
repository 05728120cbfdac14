"""The steps below HTTP: the name, the port and the certificate of a server."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from tests.support.connection_checks import steps
from tests.support.stub_erc import StubErc


def test_unknown_name_is_told(settings: Settings) -> None:
    settings.ERC_TOKEN_URL = settings.ERC_API_BASE_URL = "https://no-such-host.invalid/oauth/token"

    found = steps()

    assert (found["dns"].state, found["tls"].state) == ("failed", "skipped")
    assert "no-such-host.invalid" in found["dns"].finding


def test_port_that_refuses_is_told(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.ERC_TOKEN_URL = settings.ERC_API_BASE_URL = f"http://127.0.0.1:{port}"

    assert "refuses" in steps()["tls"].finding


def certificate(tmp_path: Path, name: str, *, days: int) -> ssl.SSLContext:
    """A server's context with a certificate of its own making, which ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    end = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=365))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.mark.parametrize(
    ("name", "days", "is_trusted", "state", "words"),
    [
        ("localhost", 100, False, "failed", "not one that is trusted"),
        ("localhost", -1, True, "failed", "has ended"),
        ("other.example", 100, True, "failed", "for another name"),
        ("localhost", 100, True, "ok", "valid for 99 days"),
        ("localhost", 5, True, "warning", "valid for 4 days"),
    ],
)
def test_certificate_is_judged(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    days: int,
    is_trusted: bool,
    state: str,
    words: str,
) -> None:
    context = certificate(tmp_path, name, days=days)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    with StubErc(context) as stub:
        settings.ERC_API_BASE_URL = settings.ERC_TOKEN_URL = stub.base_url.replace("127.0.0.1", "localhost")

        found = steps()["tls"]

    assert found.state == state
    assert words in found.finding
