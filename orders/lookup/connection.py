"""The portal's connection to the ERC API, made from the settings."""

from __future__ import annotations

import functools
import math

from django.conf import settings
from django.core.cache import cache

from orders.audit import exchange_log
from orders.erc import ErcClient, ErcConfig, connect


def erc_config() -> ErcConfig:
    """Read the client's configuration from the settings."""
    return ErcConfig(
        base_url=settings.ERC_API_BASE_URL,
        items_path=settings.ERC_ITEMS_PATH,
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
    )


@functools.cache
def erc_client() -> ErcClient:
    """Give the process's client of the ERC API. Raises ValueError for an unusable private key."""
    return connect(erc_config(), store=cache, observe=exchange_log.observe)
