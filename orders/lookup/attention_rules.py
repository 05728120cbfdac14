"""The rules of attention as the settings have them."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from orders.lookup.attention import Rules


def rules() -> Rules:
    """The rules at this minute, in the display's zone; what is made by them holds for as long."""
    return Rules(
        silent_days=settings.ATTENTION_SILENT_DAYS,
        waiting_days=settings.ATTENTION_PICKUP_DAYS,
        now=timezone.localtime().replace(second=0, microsecond=0),
    )
