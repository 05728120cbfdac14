"""The app's start: a wrong key or embed host stops the start, and not the first look-up or launch."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class OrdersConfig(AppConfig):
    """The order-items app."""

    name = "orders"
    verbose_name = "Order items"

    def ready(self) -> None:
        """Raises ImproperlyConfigured when the settings of the API or of the embed hosts cannot be used."""
        from orders import services
        from orders.embed.registry import registry
        from orders.sign_in import idle  # noqa: F401 - connects its signal

        try:
            services.erc_client()
        except ValueError as error:
            raise ImproperlyConfigured(f"ERC_PRIVATE_KEY: {error}.") from None
        try:
            registry()
        except ValueError as error:
            source = "EMBED_HOSTS_FILE" if settings.EMBED_HOSTS_FILE else "EMBED_HOSTS"
            raise ImproperlyConfigured(f"{source}: {error}.") from None
