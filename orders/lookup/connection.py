"""The portal's connection to the ERC API, made from the settings."""

from __future__ import annotations

import functools
import math

from django.conf import settings
from django.core.cache import cache

from orders.audit import exchange_log
from orders.erc import ErcClient, ErcConfig, connect
from orders.erc.paths import EndpointName
from orders.lookup.bulkhead import beside_bulkhead, bulkhead

# Of requests that no look-up waits for, such as for tokens.
_OTHER_CONNECTIONS = 16


def erc_config() -> ErcConfig:
    """Read the client's configuration from the settings."""
    return ErcConfig(
        base_url=settings.ERC_API_BASE_URL,
        paths={EndpointName(name): path for name, path in settings.ERC_PATHS.items()},
        scopes=tuple(settings.ERC_SCOPES),
        token_url=settings.ERC_TOKEN_URL,
        client_id=settings.ERC_CLIENT_ID,
        client_secret=settings.ERC_CLIENT_SECRET,
        key_id=settings.ERC_KEY_ID,
        private_key=settings.ERC_PRIVATE_KEY,
        connect_timeout=settings.ERC_CONNECT_TIMEOUT_SECONDS,
        read_timeout=settings.ERC_DEADLINE_SECONDS,
        max_body_bytes=settings.ERC_MAX_BODY_BYTES,
        breaker_failures=settings.ERC_BREAKER_FAILURES,
        breaker_probe_seconds=settings.ERC_BREAKER_PROBE_SECONDS,
        breaker_slow_seconds=settings.ERC_BREAKER_SLOW_SECONDS or math.inf,
        # One for each place, so that no call waits for a connection that another one holds.
        max_connections=bulkhead().places + beside_bulkhead().places + _OTHER_CONNECTIONS,
    )


@functools.cache
def erc_client() -> ErcClient:
    """Give the process's client of the ERC API. Raises ValueError for an unusable private key."""
    return connect(erc_config(), store=cache, observe=exchange_log.observe)
