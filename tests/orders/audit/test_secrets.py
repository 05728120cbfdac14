"""Secrets are planted everywhere, everything goes wrong, and nothing that comes out holds one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.test import Client, RequestFactory
from django.views.debug import technical_500_response
from pytest_django.fixtures import Settings

from orders.audit.redaction import redact
from orders.erc.deadline import Deadline
from orders.erc.errors import Response
from orders.erc.transport import Request, Transport
from orders.models import AccessLogEntry, ApiExchange
from tests.support.launching import AUDIENCE, SECRET, host, token
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, LOOKUP, one, soup
from tests.support.panels import fed, launched
from tests.support.stub_erc import Asked, Reply, StubErc, item, page

CLIENT_SECRET = "client-secret-0d1f2c3b"
ACCESS_TOKEN = "access-token-9a8b7c6d"


def echo(status: int, **more: Any) -> Callable[[Asked], Reply]:
    """An answer that throws everything back that it was sent, in every place."""

    def script(asked: Asked) -> Reply:
        # What the portal was never told is a token, it cannot know for one.
        known = "" if asked.path == "/oauth/token" else ACCESS_TOKEN
        sent = f"{asked.headers} {asked.body} {known} {CLIENT_SECRET}"
        credential = asked.headers.get("Authorization", "").partition(" ")[2]
        content = {
            "code": credential,
            "message": sent,
            "description": credential,
            "fields": [{"name": credential, "description": sent}],
            "error": credential,
            "error_description": sent,
            "access_token": ACCESS_TOKEN,
            "Authorization": asked.headers.get("Authorization"),
        }
        return Reply(status, content, headers={"X-Echo": sent.replace("\n", " "), "Set-Cookie": sent}, **more)

    return script


FAULTS: dict[str, Callable[[Asked], Reply]] = {
    **{str(status): echo(status) for status in (200, 302, 400, 401, 403, 404, 405, 418, 500, 503)},
    "429": lambda asked: Reply(429, echo(429)(asked).content, headers={"Retry-After": ACCESS_TOKEN}),
    "HTML": lambda asked: Reply(200, json.dumps(str(asked)).encode(), headers={"Content-Type": "text/html"}),
    "cut JSON": lambda asked: Reply(200, b'{"token": "' + asked.headers["Authorization"].encode()),
    "cut short": lambda asked: Reply(
        200, asked.headers["Authorization"].encode(), headers={"Content-Length": "9999", "Connection": "close"}
    ),
    "closed": lambda _asked: Reply(wire=lambda handler: handler.connection.close()),
    "fine": lambda _asked: Reply(content=page(item())),
}


@pytest.fixture
def secrets(settings: Settings) -> list[str]:
    """The secrets, which are in use."""
    settings.ERC_CLIENT_SECRET = CLIENT_SECRET
    settings.EMBED_HOSTS, settings.EMBED_AUDIENCE = [host()], AUDIENCE
    settings.METRICS = True
    return [CLIENT_SECRET, ACCESS_TOKEN, settings.SECRET_KEY, SECRET, "Y2xpZW50OmNsaWVudC1zZWNyZXQ"]


def everything(admin: Client, launch: str) -> list[str]:
    """All that the portal shows after a look-up by every surface."""
    panel = launched(admin, launch)
    embed = str(one(soup(panel), "#panel")["data-embed-token"])
    answers = [
        admin.get("/orders/", LOOKUP),
        admin.get("/orders/", {**LOOKUP, "refresh": "1"}, headers=HTMX),
        fed(admin, embed, **LOOKUP),
        launched(admin, launch),
        admin.get("/admin/inspector/", LOOKUP),
        admin.get("/admin/"),
        admin.get("/admin/orders/accesslogentry/"),
        admin.get("/admin/orders/apiexchange/"),
        admin.get("/admin/orders/embedhost/"),
        admin.get("/metrics"),
        *(admin.get(f"/admin/orders/apiexchange/{row.pk}/change/") for row in ApiExchange.objects.all()),
        *(admin.get(f"/admin/orders/accesslogentry/{row.pk}/change/") for row in AccessLogEntry.objects.all()),
    ]
    export: Any = admin.get("/admin/orders/accesslogentry/export/")
    texts = [f"{answer.headers} {answer.content.decode()}" for answer in answers]
    texts.append(b"".join(export.streaming_content).decode())
    texts += [serializers.serialize("json", model.objects.all()) for model in (AccessLogEntry, ApiExchange)]
    return [*texts, embed]


@pytest.mark.slow
@pytest.mark.usefixtures("items_alone")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("endpoint", ["items", "token"])
def test_no_secret_comes_out_whatever_the_api_does(
    admin_client: Client, erc: StubErc, secrets: list[str], log: Lines, endpoint: str, fault: str
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token=ACCESS_TOKEN))
    setattr(erc, endpoint, FAULTS[fault])
    launch = token(customer_id="C-1", order_id="O-1")

    *texts, embed = everything(admin_client, launch)

    assert len(texts) > 12
    assert ApiExchange.objects.exists()
    for secret in secrets:
        assert not [text for text in texts if secret in text]
    for secret in [*secrets, launch, embed]:
        assert not [line for line in log.lines if secret in line]


def breaking(endpoint: str) -> Callable[[Transport, Request, Deadline], Response]:
    """A transport with a fault of the portal's own, whose words quote the credentials."""
    send = Transport.send

    def break_down(transport: Transport, call: Request, deadline: Deadline) -> Response:
        if call.url.endswith(endpoint):
            raise ValueError(f"{call.headers}")
        return send(transport, call, deadline)

    return break_down


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("endpoint", ["/items?limit=20", "/oauth/token"])
def test_exception_report_holds_no_secret_and_nothing_of_the_request(
    admin_client: Client,
    erc: StubErc,
    secrets: list[str],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    endpoint: str,
    debug: bool,
) -> None:
    settings.DEBUG = debug
    settings.CACHES = {**settings.CACHES, "other": {"LOCATION": "rediss://user:password-planted@host/0"}}
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token=ACCESS_TOKEN))
    monkeypatch.setattr(Transport, "send", breaking(endpoint))
    asked = {"customer_id": "customer-planted", "order_id": "order-planted"}
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Referer": "http://testserver/?x=order-planted"}
    cookie = "sessionid=cookie-planted"

    with pytest.raises(ValueError, match="Authorization") as caught:
        admin_client.get("/orders/", asked)
    texts = []
    for kind in ("text/html", "text/plain"):
        request = RequestFactory().get("/orders/", asked, headers={**headers, "Accept": kind, "Cookie": cookie})
        # Without this test's own frame, whose lines quote what is planted.
        response = technical_500_response(request, caught.type, caught.value, caught.tb.tb_next)
        texts.append(response.content.decode())

    assert all("break_down" in one for one in texts)
    assert "EMBED_HOSTS" in texts[0]
    for secret in [*secrets, "password-planted", "customer-planted", "order-planted", "cookie-planted"]:
        assert not [one for one in texts if secret in one]


def test_secret_is_known_where_a_text_is_cut(admin_client: Client, erc: StubErc, log: Lines) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token=ACCESS_TOKEN))
    long = "x" * 195 + " " + "y" * 295 + ACCESS_TOKEN
    erc.answers(Reply(400, {"code": long, "message": long, "description": long}))

    page = admin_client.get("/admin/inspector/", LOOKUP).content.decode()

    (kept,) = ApiExchange.objects.filter(outcome="BadRequest")
    for text in (page, kept.code, kept.message, kept.body, *log.lines):
        assert ACCESS_TOKEN[:8] not in text


@pytest.mark.usefixtures("items_alone")
def test_log_of_a_failed_look_up_holds_no_secret_in_the_upstreams_code(
    browser: Client, erc: StubErc, secrets: list[str], log: Lines
) -> None:
    erc.answers(Reply(400, {"code": f"E-1 {CLIENT_SECRET}", "message": "no"}))

    browser.get("/orders/", LOOKUP)

    (entry,) = log.entries("look-up failed")
    assert entry["upstream_code"] == "E-1 …"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"access_token": "abc", "x": 1}', '{"access_token": "…", "x": 1}'),
        ("{'client_secret': 'abc'}", "{'client_secret': '…'}"),
        ("client_secret=abc&x=1", "client_secret=…&x=1"),
        ("Authorization: Bearer abcdefghij", "Authorization: …"),
        ("sent Bearer abcdefghij away", "sent Bearer … away"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc", "…"),
        ("x=eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc&y", "x=…&y"),
        ('{"access_token": "cut sho', '{"access_token": "…"'),
        ("the token was refused", "the token was refused"),
        ('{"id": "tokenizer", "name": "Secret garden"}', '{"id": "tokenizer", "name": "Secret garden"}'),
        ("a\x00b", "a\ufffdb"),
        ("rediss://user:pass@host/0, see https://host:80/a@b", "rediss://…@host/0, see https://host:80/a@b"),
    ],
)
def test_text_is_redacted_and_otherwise_kept(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "quoted",
    [
        'a/b+c"é&d',
        r"a\/b+c\"\u00e9&d",
        r"a/b+c\"é&d",
        "a/b+c&quot;é&amp;d",
        "a%2Fb%2Bc%22%C3%A9%26d",
        "a/b%2Bc%22%C3%A9%26d",
    ],
    ids=["as it is", "JSON in ASCII", "JSON", "HTML", "address", "path"],
)
def test_secret_is_known_however_it_is_quoted(quoted: str) -> None:
    assert redact(f"it was {quoted}!", ['a/b+c"é&d']) == "it was …!"


def test_long_text_is_redacted_in_time_that_grows_with_its_length() -> None:
    text = "eyJaaaaa-" * 50_000
    # Of this process alone, however busy the machine is.
    started = time.process_time()

    shown = redact(text)

    assert shown == text
    assert time.process_time() - started < 2
