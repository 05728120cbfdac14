from __future__ import annotations

import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from orders.erc import CallContext, ErcConfig, connect
from orders.erc.deadline import Deadline
from orders.erc.exchange import Exchange
from tests.support.erc_calls import make_config
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc

KEY = ec.generate_private_key(ec.SECP256R1())
PKCS8 = base64.b64encode(KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def authenticate(config: ErcConfig) -> list[Exchange]:
    """What is observed while a client of this configuration gets its token."""
    observed: list[Exchange] = []
    client = connect(config, store=DictCache(), observe=observed.append)
    client.authenticate(CallContext(Deadline(3), "c-1"))
    return observed


def test_client_without_a_private_key_sends_its_secret(erc: StubErc) -> None:
    authenticate(make_config(erc.base_url))

    [asked] = erc.token_asked
    assert asked.headers["Authorization"].startswith("Basic ")


def test_client_with_a_private_key_signs_an_assertion(erc: StubErc) -> None:
    authenticate(msgspec.structs.replace(make_config(erc.base_url), key_id="key-7", private_key=PKCS8))

    [asked] = erc.token_asked
    assert "Authorization" not in asked.headers
    assert "client_assertion=" in asked.body


def test_private_key_that_cannot_be_used_is_told_at_once(erc: StubErc) -> None:
    config = msgspec.structs.replace(make_config(erc.base_url), private_key="no key")

    with pytest.raises(ValueError, match="private key is not"):
        connect(config, store=DictCache(), observe=lambda _exchange: None)


def test_calls_of_the_client_are_observed(erc: StubErc) -> None:
    [exchange] = authenticate(make_config(erc.base_url))

    assert (exchange.route, exchange.outcome, exchange.correlation_id) == ("/oauth/token", "ok", "c-1")


def test_token_that_is_there_is_not_fetched_again(erc: StubErc) -> None:
    store = DictCache()
    for _ in range(2):
        client = connect(make_config(erc.base_url), store=store, observe=lambda _exchange: None)
        client.authenticate(CallContext(Deadline(3), "c-1"))

    assert len(erc.token_asked) == 1


def test_configuration_shows_no_secret(erc: StubErc) -> None:
    config = msgspec.structs.replace(make_config(erc.base_url), client_secret="s3cret", private_key=PKCS8)

    assert repr(config) == f"<ErcConfig {erc.base_url}>"
