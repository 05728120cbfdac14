"""`manage.py lift_api_waits`: ends the waits that the API asked for and those after its failures and refusals."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.core.management.base import BaseCommand, CommandError

from orders.core.redis_cache import RedisCache
from orders.lookup.cached_pages import cached_pages
from orders.lookup.connection import erc_client


class Command(BaseCommand):
    """Forgets waits, outages and missing features in the cache that the processes share."""

    help = (
        "Forgets the waits that the API asked for (429), closes the breaker, and offers again what the account "
        "lacked, for all processes that share the cache. If the API still wants it so, the next look-ups bring it "
        "all back."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Lift them. Raises CommandError where this process cannot reach the shared cache."""
        cache = caches["default"]
        if not isinstance(cache, RedisCache):
            raise CommandError(
                "CACHE_URL is not set, so each process remembers for itself. Restart the portal: that lifts them."
            )
        if not cache.is_working():
            raise CommandError("The cache cannot be reached, so nothing was lifted. See CACHE_URL.")
        erc_client().lift_waits()
        cached_pages().missing.forget()
        self.stdout.write("Lifted. The next look-ups ask the API.")
