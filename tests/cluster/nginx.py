"""nginx as docs/nginx.conf has it, with a certificate, addresses and a folder of a test's own."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.cluster.waiting import wait_for
from tests.support.kinds import needs
from tests.support.paths import ROOT
from tests.support.ports import free_port

# Debian keeps it out of the path of most users.
_PROGRAM = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
_NAME = "localhost"

CONFIGURATION = "portal.conf"
"""The file with the lines of the instances."""

LEFT_ALONE_SECONDS = 2.1
"""As long as it leaves an instance alone that was gone, and a little more."""
_THEIR_INSTANCES = ("10.0.0.11:8000", "10.0.0.12:8000")

needs_nginx = needs(_PROGRAM, "nginx")

# What /etc/nginx/nginx.conf is elsewhere.
_AROUND = """
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


@contextmanager
def nginx(folder: Path, instances: Sequence[str]) -> Iterator[str]:
    """Run it before two instances at these addresses and ports; yields its https address.

    In the folder are its certificate (portal.pem), its logs (portal.log, portal.error.log) and CONFIGURATION.
    """
    port, plain_port = free_port(), free_port()
    _certify(folder)
    (folder / CONFIGURATION).write_text(_configured(folder, instances, port, plain_port))
    user = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_AROUND.format(folder=folder, user=user))
    process = subprocess.Popen(_command(folder), stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process, (folder / "start.log").read_text)
        yield f"https://{_NAME}:{port}"
    finally:
        process.terminate()
        process.wait(10)


def reloading(folder: Path) -> str:
    """The command that reloads the one that runs in this folder."""
    return shlex.join([*_command(folder), "-s", "reload"])


def _command(folder: Path) -> list[str]:
    assert _PROGRAM, "nginx is not installed"
    return [_PROGRAM, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "start.log")]


def _configured(folder: Path, instances: Sequence[str], port: int, plain_port: int) -> str:
    """The reference configuration, changed in nothing but its reader's own values."""
    own = {
        "portal.example.com": _NAME,
        **dict(zip(_THEIR_INSTANCES, instances, strict=True)),
        "/etc/nginx/tls/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
    }
    text = (ROOT / "docs" / "nginx.conf").read_text()
    for theirs, ours in own.items():
        assert theirs in text, f"{theirs} is not in docs/nginx.conf"
        text = text.replace(theirs, ours)
    return text


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(_NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "portal.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "portal.key").write_bytes(private)
