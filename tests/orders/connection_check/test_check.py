"""The connection check, against the sandbox and against what can be wrong."""

from __future__ import annotations

import io
import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET, KEY_CLIENT_ID, KEY_ID, private_key_base64
from ercportal.demo.sandbox.server import SandboxServer
from orders.connection_check.check import check_connection
from orders.connection_check.steps import Step
from tests.support.log_lines import Lines
from tests.support.pages import soup
from tests.support.sandbox import shared_catalogue
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc, item, page


def steps(customer_id: str = "", order_id: str = "") -> dict[str, Step]:
    return {step.name: step for step in check_connection(customer_id, order_id, "correlation-1")}


def states(found: dict[str, Step]) -> list[str]:
    return [step.state for step in found.values()]


@pytest.fixture
def sandbox(settings: Settings) -> Iterator[SandboxServer]:
    """A sandbox that the portal is connected to."""
    with SandboxServer(catalogue=shared_catalogue()) as server:
        settings.ERC_API_BASE_URL, settings.ERC_TOKEN_URL = server.base_url, server.token_url
        settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        settings.ERC_PRIVATE_KEY = ""
        yield server


@pytest.mark.parametrize("kind", ["Basic", "private_key_jwt"])
def test_good_connection_is_ok_at_every_step(sandbox: SandboxServer, settings: Settings, kind: str) -> None:
    if kind != "Basic":
        settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = KEY_CLIENT_ID, ""
        settings.ERC_PRIVATE_KEY, settings.ERC_KEY_ID = private_key_base64(), KEY_ID

    found = steps("C-1001", "A-20731")

    assert states(found) == ["ok"] * 5
    assert kind in found["settings"].finding
    assert "600 s" in found["token"].finding
    assert "orders:read" in found["token"].finding
    assert found["items"].finding == "1 item came."


def test_good_connection_without_an_order_is_ok(sandbox: SandboxServer) -> None:
    found = steps()

    assert states(found) == ["ok"] * 5
    assert "Give a customer id" in found["items"].advice


def test_each_check_fetches_a_token_of_its_own_and_keeps_none(erc: StubErc) -> None:
    steps()
    steps()

    assert len(erc.token_asked) == 2


@pytest.mark.parametrize(
    ("token_url", "base_url", "words"),
    [
        ("https://acme.talkdeskid.eu/oauth/token", "https://api.talkdeskapp.com", "https://api.talkdeskapp.eu"),
        ("https://acme.talkdeskidca.com/oauth/token", "https://api.talkdeskapp.eu", "api.talkdeskappca.com"),
        ("https://ACCOUNT.talkdeskid.com/oauth/token", "https://api.talkdeskapp.com", "name of your account"),
    ],
)
def test_settings_that_cannot_be_right_are_told(
    settings: Settings, token_url: str, base_url: str, words: str
) -> None:
    settings.ERC_TOKEN_URL, settings.ERC_API_BASE_URL = token_url, base_url

    found = steps()

    assert states(found) == ["failed", "skipped", "skipped", "skipped", "skipped"]
    assert words in found["settings"].advice


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


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(401, {"error": "invalid_client"}), "ERC_CLIENT_ID"),
        (Reply(401, {"error": "unauthorized"}), "some minutes"),
        (Reply(400, {"error": "invalid_scope"}), "Add the scope erc-ecommerce-connections-orders:read"),
        (Reply(404), "account’s name"),
        (Reply(200, b"<html>", headers={"Content-Type": "text/html"}), "another server"),
        (Reply(500), "ask the provider"),
        (Reply(429), "Wait a little"),
        (Reply(200, {"access_token": "t", "expires_in": 600, "scope": "other:read"}), "Add the scope"),
        (Reply(wire=lambda handler: handler.connection.close()), "firewall"),
    ],
)
def test_token_that_is_refused_says_what_to_do(erc: StubErc, reply: Reply, words: str) -> None:
    erc.token = lambda _asked: reply

    found = steps()

    assert states(found) == ["ok", "ok", "ok", "failed", "skipped"]
    assert words in found["token"].advice


API_404 = {"code": "E-1", "message": "not found"}


@pytest.mark.parametrize(
    ("reply", "ids", "state", "words"),
    [
        (Reply(404, API_404), ("", ""), "ok", "Give a customer id"),
        (Reply(404, API_404), ("C", "O"), "failed", "Check both ids"),
        (Reply(404, b"<html>"), ("", ""), "failed", "Early Access"),
        (Reply(403, API_404), ("C", "O"), "failed", "Early Access"),
        (Reply(401), ("", ""), "failed", "region"),
        (Reply(400, API_404), ("", ""), "ok", "Give a customer id"),
        (Reply(400, API_404), ("C", "O"), "failed", "Check both ids"),
        (Reply(500), ("", ""), "failed", "ask the provider"),
        (Reply(429), ("", ""), "failed", "Wait a little"),
        (Reply(302, headers={"Location": "/login"}), ("", ""), "failed", "another server"),
        (Reply(content=b"{"), ("", ""), "failed", "another server"),
        (Reply(content=page(item(), {"id": 1})), ("C", "O"), "warning", "could not be read"),
    ],
)
def test_items_say_what_is_missing(
    erc: StubErc, reply: Reply, ids: tuple[str, str], state: str, words: str
) -> None:
    erc.answers(reply)

    found = steps(*ids)["items"]

    assert found.state == state
    assert words in found.advice


def test_check_is_neither_stopped_nor_remembered_by_the_portals_own_policy(erc: StubErc) -> None:
    erc.answers(Reply(429, headers={"Retry-After": "3600"}), Reply(404, API_404))

    first, second = steps()["items"], steps()["items"]

    assert (first.state, second.state) == ("failed", "ok")


def test_nothing_secret_is_said_or_logged(erc: StubErc, settings: Settings, log: Lines) -> None:
    settings.ERC_CLIENT_SECRET = "secret-planted"
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token="token-planted"))
    erc.items = lambda asked: Reply(400, {"code": "x", "message": f"{asked.headers} secret-planted"})

    found = steps("C-planted", "O-planted")

    assert "planted" not in str(found)
    assert not [line for line in log.lines if "planted" in line]


# --- The command and the page ---------------------------------------------------------------------------------


def test_command_ends_with_zero_where_all_is_well(db: None, sandbox: SandboxServer) -> None:
    out = io.StringIO()

    call_command("erc_check", "C-1001", "A-20731", stdout=out)

    assert [line.split()[:2] for line in out.getvalue().splitlines()] == [
        ["ok", name] for name in ("settings", "dns", "tls", "token", "items")
    ]


def test_command_ends_with_one_where_a_step_failed(erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "invalid_client"})
    out = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("erc_check", json=True, stdout=out)

    assert ended.value.code == 1
    assert [step["state"] for step in json.loads(out.getvalue())] == ["ok", "ok", "ok", "failed", "skipped"]


@pytest.mark.parametrize("ids", [("C-1",), ("..", "O-1"), ("C\n1", "O-1")])
def test_command_refuses_ids_that_cannot_be(ids: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("erc_check", *ids)


def test_page_shows_the_steps(db: None, erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "<b>invalid_client"})
    engineer = staff("engineer")

    before = engineer.get("/admin/connection/")
    response = engineer.post("/admin/connection/", {"customer_id": "", "order_id": ""})

    rows = {row["data-step"]: row["data-state"] for row in soup(response).select("[data-step]")}
    assert not soup(before).select("[data-step]")
    assert list(rows.values()) == ["ok", "ok", "ok", "failed", "skipped"]
    assert not soup(response).select("[data-step] b")


@pytest.mark.parametrize("ids", [{"customer_id": "C-1"}, {"customer_id": "..", "order_id": "O"}])
def test_page_refuses_ids_that_cannot_be(db: None, erc: StubErc, ids: dict[str, Any]) -> None:
    response = staff("engineer").post("/admin/connection/", ids)

    assert response.status_code == 400
    assert erc.token_asked == []


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_page_is_the_engineers(db: None, erc: StubErc, role: str) -> None:
    client: Client = staff(role)

    assert client.post("/admin/connection/").status_code == 403
    assert erc.token_asked == []
