"""Requests that no browser sends are answered plainly, also on PostgreSQL (postgresql/test_database.py)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.pages import LOOKUP
from tests.support.stub_erc import StubErc

pytestmark = pytest.mark.slow

COOKIES = ("sessionid", "csrftoken", "django_language", "zone", "zone_chosen", "messages", "x")
ODD = [
    r'"\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
    r'"aaaaaaaaaaaaaaaa\000"',
    r'"\377\376"',
    "\x00" * 9,
    "é" * 40,
    "x" * 9000,
]


@pytest.fixture
def anybody(agent: User, erc: StubErc, settings: Settings) -> Client:
    """A client that takes a server error as an answer."""
    settings.EMBED_HOSTS = []
    agent.groups.set(Group.objects.all())
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", COOKIES)
@pytest.mark.parametrize("value", ODD)
def test_cookie_that_cannot_be_is_none(anybody: Client, name: str, value: str) -> None:
    answers = [
        anybody.get(address, headers={"Cookie": f"{name}={value}"})
        for address in ("/orders/?customer_id=C-1&order_id=O-1", "/login/", "/admin/", "/zone/", "/embed/orders/")
    ]
    answers.append(anybody.post("/logout/", headers={"Cookie": f"{name}={value}"}))

    assert {answer.status_code for answer in answers} <= {200, 302, 401, 403}


@pytest.mark.parametrize("value", ["a\x00b", "\x00", "\ud7ff\uffff", "x" * 20_000, "9" * 5000, "((((a+)+)+)+)$"])
def test_parameter_that_cannot_be_breaks_no_page(anybody: Client, agent: User, value: str) -> None:
    anybody.force_login(agent)
    names = (
        "customer_id",
        "order_id",
        "order_by",
        "limit",
        "cursor",
        "trail",
        "pages",
        "refresh",
        "brand",
        "within",
    )

    answers = [
        anybody.get("/orders/", {**LOOKUP, name: value}) for name in (*names, "customer_zone", "quiet", value)
    ]
    answers.append(anybody.post("/find/", {"q": value}))
    answers += [
        anybody.post(address, {name: value, "order": "O-1"})
        for address in ("/orders/pin/", "/orders/unpin/", "/zone/", "/language/", "/admin/connection/")
        for name in ("customer", "order", "zone", "language", "next", "customer_id")
    ]

    assert {answer.status_code for answer in answers} <= {200, 302, 303, 400}


@pytest.mark.parametrize("value", ["a\x00b", "\x00"])
@pytest.mark.parametrize("name", ["username", "password", "next", "this_is_the_login_form"])
@pytest.mark.parametrize("address", ["/login/", "/admin/login/"])
def test_sign_in_with_what_cannot_be_is_refused(anybody: Client, address: str, name: str, value: str) -> None:
    response = anybody.post(address, {"username": "agent", "password": "wrong", name: value})

    assert response.status_code in {200, 400, 401, 403}


@pytest.mark.parametrize(
    "prefix", ["/x", "//evil", "/", "\x00", "http://[", "\xe9", "x" * 9000, "https://evil.example"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_prefix_that_a_header_claims_is_none(
    anybody: Client, agent: User, is_signed_in: bool, prefix: str
) -> None:
    if is_signed_in:
        anybody.force_login(agent)

    for address in ("/", "/orders/", "/login/", "/admin/", "/nothing", "/embed/orders/", "/zone/"):
        claimed, plain = anybody.get(address, SCRIPT_NAME=prefix), anybody.get(address)
        assert claimed.status_code == plain.status_code < 500
        assert claimed.headers.get("Location") == plain.headers.get("Location")


@pytest.mark.parametrize("address", ["/login/", "/embed/launch"])
def test_file_that_is_sent_is_not_kept(anybody: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    kept: list[int] = []
    monkeypatch.setattr(uploadhandler.TemporaryFileUploadHandler, "new_file", lambda *_: kept.append(1))
    monkeypatch.setattr(uploadhandler.MemoryFileUploadHandler, "new_file", lambda *_: kept.append(1))
    file = SimpleUploadedFile("large", b"x" * 3_000_000)

    response = anybody.post(address, {"file": file, "token": "none", "username": "agent"})

    assert response.status_code in (200, 400)
    assert kept == []
