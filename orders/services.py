"""Use-cases: what a viewer may ask for, answered from the ERC API."""

from __future__ import annotations

import functools
import logging
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache

from orders.erc.auth import BasicAuthentication, PrivateKeyJwtAuthentication, TokenSource
from orders.erc.client import ErcClient
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError
from orders.erc.query import ItemsQuery
from orders.erc.transport import Limits, Transport
from orders.listing import Listing, continued

logger = logging.getLogger(__name__)


@functools.cache
def erc_client() -> ErcClient:
    """The process's client of the ERC API, from the settings. Raises ValueError for an unusable private key."""
    transport = Transport(
        Limits(
            connect_timeout=settings.ERC_CONNECT_TIMEOUT_SECONDS,
            read_timeout=settings.ERC_DEADLINE_SECONDS,
            max_body_bytes=settings.ERC_MAX_BODY_BYTES,
        )
    )
    client = (
        PrivateKeyJwtAuthentication(settings.ERC_CLIENT_ID, settings.ERC_KEY_ID, settings.ERC_PRIVATE_KEY)
        if settings.ERC_PRIVATE_KEY
        else BasicAuthentication(settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET)
    )
    tokens = TokenSource(token_url=settings.ERC_TOKEN_URL, client=client, transport=transport, cache=cache)
    return ErcClient(
        base_url=settings.ERC_API_BASE_URL,
        items_path=settings.ERC_ITEMS_PATH,
        transport=transport,
        tokens=tokens,
    )


def list_order_items(query: ItemsQuery, *, sealed_trail: str, correlation_id: str) -> Listing:
    """One page of an order's items for a viewer who came by `sealed_trail` (empty for the first page).

    Raises the errors of `orders.erc.errors`.
    """
    try:
        page = erc_client().list_order_items(
            query, deadline=Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id=correlation_id
        )
    except ErcError as error:
        logger.warning(
            "look-up failed: %s (%s), upstream status %s, code %r, correlation id %s",
            error.kind,
            error,
            error.status,
            error.code,
            correlation_id,
        )
        raise
    return continued(query, page, sealed_trail=sealed_trail, as_of=datetime.now(UTC))
