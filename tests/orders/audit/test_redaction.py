"""What an administrator or a log is shown of upstream text: no secret by value, name or shape, and the rest."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.audit.redaction import redact
from orders.models import ApiExchange
from tests.support.log_lines import Lines
from tests.support.pages import LOOKUP
from tests.support.stub_erc import Reply, StubErc

ACCESS_TOKEN = "access-token-9a8b7c6d"
CLIENT_SECRET = "client-secret-0d1f2c3b"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc-_9"
NAMES = [
    *("access_token", "refresh_token", "id_token", "client_secret", "client_assertion", "password", "secret"),
    *("api_key", "token", "authorization", "assertion", "access-token", "accessToken", "clientSecret", "apikey"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spell", [str, str.upper, str.title])
def test_value_of_a_secret_name_is_hidden_however_it_is_written(name: str, spell: Callable[[str], str]) -> None:
    name = spell(name)

    assert redact(f"{name}=abc&x=1") == f"{name}=…&x=1"
    assert redact(f"x=1, {name}: abc, y=2") == f"x=1, {name}: …, y=2"
    assert redact(f'{{"{name}": "a b\\"c", "x": 1}}') == f'{{"{name}": "…", "x": 1}}'
    assert redact(f"{{'{name}' : 'a \\'b', 'x': 1}}") == f"{{'{name}' : '…', 'x': 1}}"
    assert redact(f'{name}="abc"') == f'{name}="…"'
    assert redact(f'"{name}"="cut sho') == f'"{name}"="…"'
    assert redact(f"{name} : Bearer abc def") == f"{name} : … def"
    assert redact(f"{name}=Basic abc;x") == f"{name}=…;x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the token was refused",
        "tokens=7 secretary=x mytoken=x passwords: y",
        '{"id": "tokenizer", "name": "Secret garden"}',
        "token=",
        "password: ",
        "eyJ.a eyJabc.x aeyJhbGciOiJIUzI1NiJ9.x",
        "eyjafjallajokull.is",
        "Bearer of bad news, basic rules",
        "https://host:80/a@b //a:b/c@d",
        "tabs\tand\nlines\r stay",
    ],
)
def test_text_that_holds_no_secret_is_kept(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"x={JWT}&y", "x=…&y"),
        (f"({JWT.upper()})", "(…)"),
        (f"({JWT.lower()})", "(…)"),
        (f"/embed/{JWT}", "/embed/…"),
        (f"{quote(JWT).replace('.', '%2E')} x", "… x"),
        (f"{quote(JWT).replace('.', '%2e')} x", "… x"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ. x", "… x"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ x", "… x"),
        ("eyJhbGciOi. x", "… x"),
        ("sent Bearer abcdef away", "sent Bearer … away"),
        ("sent bearer a.b_c~d+e/f=g-h away", "sent bearer … away"),
        ("sent BASIC abcdef== away", "sent BASIC … away"),
        ("sent Bearer abcde away", "sent Bearer abcde away"),
        ("token=Xavier", "token=…"),
        ("rediss://user:pass@host/0", "rediss://…@host/0"),
        ("postgres://:p%40ss@host", "postgres://…@host"),
        ("a\x00b\x08c\x0bd\x1fe\x7ff", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"),
        ("half \ud800", "half ?"),
    ],
)
def test_what_looks_like_a_credential_is_hidden(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize("name", ["ERC_CLIENT_SECRET", "ERC_PRIVATE_KEY", "SECRET_KEY", "OIDC_CLIENT_SECRET"])
def test_secret_of_the_settings_is_hidden(settings: Settings, name: str) -> None:
    setattr(settings, name, "planted+in/the settings")

    assert redact("x planted+in/the settings y") == "x … y"
    assert redact("x PLANTED%2BIN%2FTHE%20SETTINGS y") == "x … y"


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("abc123", "x abc123 y", "x … y"),
        ("abc12", "x abc12 y", "x abc12 y"),
        ("", "x y", "x y"),
    ],
)
def test_secret_of_the_settings_has_six_signs_at_least(
    settings: Settings, secret: str, text: str, shown: str
) -> None:
    settings.ERC_CLIENT_SECRET = secret

    assert redact(text) == shown


@pytest.mark.parametrize("prefix", ["ERC", "OIDC"])
@pytest.mark.parametrize("client_id", ["the client", "a client", "client"], ids=["full", "==", "="])
def test_pair_of_client_id_and_secret_is_hidden_in_base64(settings: Settings, prefix: str, client_id: str) -> None:
    setattr(settings, f"{prefix}_CLIENT_ID", client_id)
    setattr(settings, f"{prefix}_CLIENT_SECRET", CLIENT_SECRET)
    pair = base64.b64encode(f"{client_id}:{CLIENT_SECRET}".encode()).decode()

    for spelled in (pair, pair.rstrip("="), pair.lower(), quote(pair), "\n".join(pair)):
        shown = redact(f"it was [{spelled}]")
        assert shown.startswith("it was […")
        assert len(shown) <= len("it was […%3D%3D]") + 2


def test_pair_is_hidden_to_its_last_sign(settings: Settings) -> None:
    settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = "the client", "client-secret-0d1f2cVW"

    pair = base64.b64encode(b"the client:client-secret-0d1f2cVW").decode()

    assert pair.endswith("X")
    assert redact(f"[{pair}]") == "[…]"


def test_pair_with_a_private_key_is_no_secret(settings: Settings) -> None:
    settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = "the client", ""

    assert redact(base64.b64encode(b"the client:").decode()) == "dGhlIGNsaWVudDo="


def test_secret_of_the_call_is_hidden_of_any_length() -> None:
    assert redact("a b-1 c", ["b-1"]) == "a … c"


SPELLINGS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "lines": lambda secret: secret[:9] + "\n" + secret[9:],
    "blanks": " ".join,
    "bytes": lambda secret: "".join(f"%{byte:02x}" for byte in secret.encode()),
    "numbers": lambda secret: "".join(f"&#{ord(c)};" for c in secret),
    "Base64": lambda secret: base64.b64encode(f"client:{secret}".encode()).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("secret", [ACCESS_TOKEN, CLIENT_SECRET])
def test_secret_that_the_api_echoes_in_another_spelling_is_stored_nowhere(
    admin_client: Client, erc: StubErc, settings: Settings, log: Lines, secret: str, spelling: str
) -> None:
    settings.ERC_CLIENT_SECRET = CLIENT_SECRET
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token=ACCESS_TOKEN))
    spelled = SPELLINGS[spelling](secret)
    fields = [{"name": f"f {spelled}", "description": f"d {spelled}"}]
    erc.answers(Reply(400, {"code": f"E {spelled}", "message": f"m {spelled}", "fields": fields}))

    admin_client.get("/orders/", LOOKUP)
    page = admin_client.get("/admin/inspector/", LOOKUP).content.decode()

    rows = ApiExchange.objects.exclude(token="")
    assert all("…" in row.code and "…" in row.message and "…" in row.body for row in rows)
    texts = [page, *log.lines, *(f"{row.body} {row.message} {row.reason}" for row in rows)]
    for text in (spelled, json.dumps(spelled)[1:-1], spelled.lower()):
        assert not [one for one in texts if text in one]
