from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from orders.erc import CallContext, ErcConfig, connect
from orders.erc.deadline import Deadline
from orders.erc.errors import TimedOut, Unavailable
from orders.erc.exchange import Exchange
from orders.erc.query import ItemsQuery, OrderQuery
from tests.support.erc_calls import ask, make_config
from tests.support.stores import DictCache
from tests.support.stub_erc import Reply, StubErc, item, page
from tests.support.stub_routes import ACCOUNT_SCOPE, ORDERS_SCOPE

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


def test_outage_of_another_endpoint_takes_no_retry_from_the_items(erc: StubErc) -> None:
    config = make_config(erc.base_url, scopes=(ORDERS_SCOPE, ACCOUNT_SCOPE), retry_capacity=1.0)
    client = connect(config, store=DictCache(), observe=lambda _exchange: None)
    erc.answers_at("order", Reply(503))
    erc.answers(Reply(503), Reply(content=page(item())))
    for _ in range(2):
        with pytest.raises(Unavailable):
            client.get(OrderQuery(customer_id="C-1", order_id="O-1"), CallContext(Deadline(3), "c-1"))

    found = ask(client)

    assert [one.id for one in found.items] == ["item-1"]


def test_requests_beyond_the_connections_wait_for_one(erc: StubErc) -> None:
    config = make_config(erc.base_url, max_connections=1)
    client = connect(config, store=DictCache(), observe=lambda _exchange: None)
    client.authenticate(CallContext(Deadline(3), "c-1"))
    erc.answers(Reply(content=page(item()), delay=0.4))
    query = ItemsQuery(customer_id="C-1", order_id="O-2")
    with ThreadPoolExecutor() as pool:
        first = pool.submit(ask, client, order_id="O-1")
        time.sleep(0.1)
        with pytest.raises(TimedOut, match="busy"):
            client.get(query, CallContext(Deadline(0.1), "c-2"))

    assert first.result().items
