"""The app's start: builds the API client once, so that a wrong key stops the start and not the first look-up."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class OrdersConfig(AppConfig):
    """The order-items app."""

    name = "orders"
    verbose_name = "Order items"

    def ready(self) -> None:
        """Raises ImproperlyConfigured when the API's settings cannot be used."""
        from orders import services

        try:
            services.erc_client()
        except ValueError as error:
            raise ImproperlyConfigured(f"ERC_PRIVATE_KEY: {error}.") from None
