"""How the client proves itself: by its secret, or by an assertion signed with its key."""

from __future__ import annotations

import base64
import time
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from orders.erc.client_authentication import (
    BasicAuthentication,
    PrivateKeyJwtAuthentication,
    load_private_key,
)
from orders.erc.paths import ITEMS_SCOPE
from orders.erc.transport import Transport
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc
from tests.support.tokens import get_token, make_token_source

KEY = ec.generate_private_key(ec.SECP256R1())


def pkcs8(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def test_basic_client_sends_its_credentials_and_the_scope(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    token = get_token(make_token_source(erc, transport, token_cache))

    asked = erc.token_asked[0]
    expected = base64.b64encode("client:s:cret/ü".encode()).decode()
    assert token == "token-1"
    assert asked.headers["Authorization"] == f"Basic {expected}"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(asked.body) == {"grant_type": ["client_credentials"], "scope": [ITEMS_SCOPE]}
    assert asked.headers["X-Correlation-ID"] == "correlation-1"


def test_private_key_client_sends_a_signed_assertion(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    client = PrivateKeyJwtAuthentication("client", "key-7", pkcs8(KEY))
    first = make_token_source(erc, transport, token_cache, client)

    get_token(first)
    get_token(make_token_source(erc, transport, DictCache(), client))

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
