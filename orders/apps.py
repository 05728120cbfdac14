"""Checks the settings' key and embed hosts at the start, so that not the first look-up or launch fails.

A wrong file of embed hosts stops no start, because a lost process may have to be replaced just then; `manage.py
check` reports it.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate, post_save


class OrdersConfig(AppConfig):
    """The order-items app."""

    name = "orders"
    verbose_name = "Order items"

    def ready(self) -> None:
        """Raises ImproperlyConfigured when the settings of the API or of the embed hosts cannot be used."""
        from orders.accounts import idle  # noqa: F401 - connects its signal
        from orders.core import checks as core_checks  # noqa: F401 - the checks register themselves
        from orders.embed import checks as embed_checks  # noqa: F401
        from orders.embed.registry import registry
        from orders.lookup.connection import erc_client

        post_migrate.connect(_make_groups, sender=self)
        post_save.connect(_begin_as_agent, sender=settings.AUTH_USER_MODEL)

        try:
            erc_client()
        except ValueError as error:
            raise ImproperlyConfigured(f"ERC_PRIVATE_KEY: {error}.") from None
        try:
            registry()
        except ValueError as error:
            raise ImproperlyConfigured(f"EMBED_HOSTS: {error}.") from None


def _make_groups(using: str, **_others: Any) -> None:
    from orders.accounts.roles import make_groups

    if using == DEFAULT_DB_ALIAS:
        make_groups()


def _begin_as_agent(instance: Any, *, created: bool, raw: bool, **_others: Any) -> None:
    from orders.accounts.roles import begin_as_agent

    if created and not raw:
        begin_as_agent(instance)
