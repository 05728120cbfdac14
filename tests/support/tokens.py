"""Puts sources of access tokens together in tests, and gets a token from one."""

from __future__ import annotations

from collections.abc import Sequence

from orders.erc.auth import TokenSource
from orders.erc.client_authentication import BasicAuthentication, ClientAuthentication
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.paths import ITEMS_SCOPE
from orders.erc.transport import Transport
from tests.support.erc_calls import make_endpoint
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc


def make_token_source(
    stub: StubErc,
    transport: Transport,
    cache: DictCache,
    client: ClientAuthentication | None = None,
    scopes: Sequence[str] = (ITEMS_SCOPE,),
) -> TokenSource:
    """The tokens of a stub's token endpoint, asked for by a client with a secret unless another is given."""
    return TokenSource(
        token_url=f"{stub.base_url}/oauth/token",
        client=client or BasicAuthentication("client", "s:cret/ü"),
        endpoint=make_endpoint(transport, cache),
        store=cache,
        scopes=scopes,
    )


def get_token(tokens: TokenSource) -> str:
    """A usable access token."""
    return tokens.get(CallContext(Deadline(3), "correlation-1")).value
