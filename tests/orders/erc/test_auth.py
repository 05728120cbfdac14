from __future__ import annotations

import base64
import json
import threading
import time
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from orders.erc.auth import (
    SCOPE,
    BasicAuthentication,
    ClientAuthentication,
    PrivateKeyJwtAuthentication,
    TokenSource,
    load_private_key,
)
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotAllowed, RateLimited, TimedOut, Unavailable
from orders.erc.transport import Transport
from tests.support.erc_calls import make_endpoint
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc

KEY = ec.generate_private_key(ec.SECP256R1())


def pkcs8(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def source(
    stub: StubErc,
    transport: Transport,
    cache: DictCache,
    client: ClientAuthentication | None = None,
) -> TokenSource:
    return TokenSource(
        token_url=f"{stub.base_url}/oauth/token",
        client=client or BasicAuthentication("client", "s:cret/ü"),
        endpoint=make_endpoint(transport, cache),
        store=cache,
    )


def get(tokens: TokenSource) -> str:
    return tokens.get(CallContext(Deadline(3), "correlation-1")).value


def test_basic_client_sends_its_credentials_and_the_scope(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    token = get(source(erc, transport, token_cache))

    asked = erc.token_asked[0]
    expected = base64.b64encode("client:s:cret/ü".encode()).decode()
    assert token == "token-1"
    assert asked.headers["Authorization"] == f"Basic {expected}"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(asked.body) == {"grant_type": ["client_credentials"], "scope": [SCOPE]}
    assert asked.headers["X-Correlation-ID"] == "correlation-1"


def test_private_key_client_sends_a_signed_assertion(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    client = PrivateKeyJwtAuthentication("client", "key-7", pkcs8(KEY))
    first = source(erc, transport, token_cache, client)

    get(first)
    get(source(erc, transport, DictCache(), client))

    form = parse_qs(erc.token_asked[0].body)
    again = parse_qs(erc.token_asked[1].body)
    url = f"{erc.base_url}/oauth/token"
    assertion = form["client_assertion"][0]
    claims = jwt.decode(assertion, KEY.public_key(), algorithms=["ES256"], audience=url)
    assert form["client_assertion_type"] == ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    assert "Authorization" not in erc.token_asked[0].headers
    assert jwt.get_unverified_header(assertion)["kid"] == "key-7"
    assert claims["iss"] == claims["sub"] == "client"
    assert claims["exp"] - claims["iat"] == 300
    assert isinstance(claims["iat"], int)
    assert 0 <= time.time() - claims["iat"] < 5
    assert (
        claims["jti"]
        != jwt.decode(again["client_assertion"][0], KEY.public_key(), algorithms=["ES256"], audience=url)["jti"]
    )


def test_basic_client_names_its_header_as_those_who_hide_it_look_for_it() -> None:
    client = BasicAuthentication("client", "secret")

    assert (client.headers(), client.form_fields("https://token.example")) == (
        {"Authorization": "Basic Y2xpZW50OnNlY3JldA=="},
        {},
    )


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_private_key_is_read_from_base64_and_from_pem(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    numbers = key.private_numbers()
    assert load_private_key(pkcs8(key)).private_numbers() == numbers
    assert load_private_key(pem).private_numbers() == numbers
    assert load_private_key(pem.replace("\n", "\\n")).private_numbers() == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        base64.b64encode(b"no key").decode(),
        pkcs8(rsa.generate_private_key(65537, 2048)),
        pkcs8(ec.generate_private_key(ec.SECP256K1())),
        "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----",
    ],
)
def test_unusable_private_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        load_private_key(text)

    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        base64.b64encode(b"no key").decode(),
        pkcs8(KEY)[:20] + "!" + pkcs8(KEY)[20:],
        "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----",
    ],
)
def test_what_is_no_key_at_all_is_told_in_the_portals_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the private key is not Base64 PKCS#8 \(or PEM\)$"):
        load_private_key(text)


def test_key_that_is_of_another_kind_is_told_by_its_kind() -> None:
    with pytest.raises(ValueError, match="not an elliptic-curve key"):
        load_private_key(pkcs8(rsa.generate_private_key(65537, 2048)))
    with pytest.raises(ValueError, match="secp256k1 cannot sign"):
        load_private_key(pkcs8(ec.generate_private_key(ec.SECP256K1())))


def test_private_key_may_be_folded_into_lines() -> None:
    text = pkcs8(KEY)

    assert load_private_key(f" {text[:40]}\n{text[40:]}\r\n").private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize(
    ("curve", "algorithm"), [(ec.SECP256R1(), "ES256"), (ec.SECP384R1(), "ES384"), (ec.SECP521R1(), "ES512")]
)
def test_assertion_is_signed_as_its_curve_asks(curve: ec.EllipticCurve, algorithm: str) -> None:
    client = PrivateKeyJwtAuthentication("client", "key-7", pkcs8(ec.generate_private_key(curve)))

    form = client.form_fields("https://token.example")

    assert client.headers() == {}
    assert jwt.get_unverified_header(form["client_assertion"])["alg"] == algorithm


def test_token_is_fetched_once_and_shared_by_threads_and_processes(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = source(erc, transport, token_cache)
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(get(tokens))) for _ in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other_process = source(erc, transport, token_cache)

    assert seen == ["token-1"] * 20
    assert other_process.get(CallContext(Deadline(3), "c")) == ("token-1", False)
    assert len(erc.token_asked) == 1


def test_token_of_another_client_is_not_shared(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    get(source(erc, transport, token_cache))

    token = get(source(erc, transport, token_cache, BasicAuthentication("other", "secret")))

    assert token == "token-2"


@pytest.mark.parametrize(("life", "fetches"), [(600, 1), (5, 1), (0, 2), (-5, 2)])
def test_token_is_used_for_its_life_less_a_margin(
    erc: StubErc, transport: Transport, token_cache: DictCache, life: int, fetches: int
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(expires_in=life))
    tokens = source(erc, transport, token_cache)

    get(tokens)
    get(tokens)

    assert len(erc.token_asked) == fetches


def test_token_is_fetched_anew_within_the_margin_of_its_end(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = source(erc, transport, token_cache)
    get(tokens)
    now = time.time()

    monkeypatch.setattr("orders.erc.auth.time.time", lambda: now + 600 - 59)

    assert get(tokens) == "token-2"


def test_dropped_token_is_gone_everywhere_but_a_newer_one_stays(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = source(erc, transport, token_cache)
    first = get(tokens)

    tokens.drop(first)
    second = get(tokens)
    tokens.drop(first)

    assert second == "token-2"
    assert get(tokens) == "token-2"
    assert get(source(erc, transport, token_cache)) == "token-2"


REFUSED = {"error": "invalid_client", "error_description": "Client authentication failed"}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(401, REFUSED), NotAllowed),
        (Reply(400, {"error": "invalid_scope"}), NotAllowed),
        (Reply(403, b"no"), NotAllowed),
        (Reply(404, b"no such account"), NotAllowed),
        (Reply(429, b"", {"Retry-After": "7"}), RateLimited),
        (Reply(500, b"oops"), Unavailable),
        (Reply(503, b"<html>"), Unavailable),
        (Reply(504, b""), TimedOut),
        (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), InvalidResponse),
        (Reply(200, b"<html>", {"Content-Type": "text/html"}), InvalidResponse),
        (Reply(200, {"token_type": "Bearer"}), InvalidResponse),
        (Reply(200, {"access_token": "x", "token_type": "mac"}), InvalidResponse),
        (Reply(200, {"access_token": "bad\r\nX-Injected: 1"}), NotAllowed),
        (Reply(200, {"access_token": ""}), NotAllowed),
        (Reply(203, {"access_token": "tökén"}), NotAllowed),
        (Reply(203, {"access_token": "x", "token_type": "mac"}), InvalidResponse),
        (Reply(203, b"[" * 100_000), InvalidResponse),
        (Reply(200, {"access_token": "x"}, delay=1.5), TimedOut),
    ],
)
def test_token_trouble_is_named_by_who_can_act(
    erc: StubErc, transport: Transport, token_cache: DictCache, reply: Reply, kind: type[ErcError]
) -> None:
    erc.token = lambda _asked: reply

    with pytest.raises(ErcError) as caught:
        get(source(erc, transport, token_cache))

    assert type(caught.value) is kind
    assert caught.value.correlation_id == "correlation-1"
    assert caught.value.status == (None if reply.delay else reply.status)


def test_refused_client_keeps_the_upstreams_words_apart(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(401, REFUSED)

    with pytest.raises(NotAllowed) as caught:
        get(source(erc, transport, token_cache))

    assert (caught.value.status, caught.value.code) == (401, "invalid_client")
    assert caught.value.upstream_message == "Client authentication failed"
    assert "Client authentication" not in str(caught.value)


def test_token_without_expires_in_lives_as_long_as_documented(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(content=json.loads('{"access_token": "x"}'))
    tokens = source(erc, transport, token_cache)

    get(tokens)
    get(tokens)

    assert len(erc.token_asked) == 1


def test_asked_is_a_post(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    get(source(erc, transport, token_cache))

    asked: Asked = erc.token_asked[0]
    assert (asked.method, asked.query) == ("POST", {})
