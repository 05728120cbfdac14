"""An agent's own look-ups: the latest, from the access log, and the pinned ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, Q
from django.utils import timezone

from orders.erc.query import ItemsQuery
from orders.erc.schema import Item
from orders.lookup.cached_pages import cached_pages
from orders.models import AccessKind, AccessLogEntry, Pin, Surface

_MAX_SHOWN = 8
_MAX_AGE = timedelta(days=30)
MAX_PINS = 20


class LookedUp(NamedTuple):
    """An order; when it was looked up last, None if it was pinned; its first item then, if it is still known."""

    customer_id: str
    order_id: str
    at: datetime | None = None
    item: Item | None = None


class Recent(NamedTuple):
    """Pinned orders, and the latest others; the newest first."""

    pinned: tuple[LookedUp, ...]
    latest: tuple[LookedUp, ...]


def recent(user: User) -> Recent:
    """Give the user's own look-ups."""
    pinned = tuple(
        LookedUp(*ids)
        for ids in Pin.objects.filter(user=user).order_by("-at", "-id").values_list("customer_id", "order_id")
    )
    # The name has an index. But a deleted account may have had the same one before.
    is_own = Q(account=user.pk) | Q(account=None, at__gte=user.date_joined)
    rows = AccessLogEntry.objects.filter(
        is_own,
        agent=user.get_username(),
        surface=Surface.PORTAL,
        kind=AccessKind.ITEMS,
        outcome="ok",
        host="",
        at__gte=timezone.now() - _MAX_AGE,
    )
    # By order: a long list and its refreshes leave many rows of one.
    seen = rows.values("customer_id", "order_id").annotate(at=Max("at"), row=Max("id")).order_by("-at", "-row")
    known = [LookedUp(one["customer_id"], one["order_id"], one["at"]) for one in seen[: _MAX_SHOWN + MAX_PINS]]
    latest = [one for one in known if one._replace(at=None) not in pinned]
    return Recent(pinned, _with_items(latest[:_MAX_SHOWN]))


def _with_items(latest: Sequence[LookedUp]) -> tuple[LookedUp, ...]:
    """Add the items that the user saw then, as far as the cache still has them; the rows of then record that."""
    look_ups = [
        (ItemsQuery(customer_id=one.customer_id, order_id=one.order_id, limit=settings.ERC_PAGE_SIZE), one.at)
        for one in latest
        if one.at
    ]
    pages = cached_pages().seen(look_ups)
    return tuple(
        one._replace(item=page.items[0]) if page and page.items else one
        for one, page in zip(latest, pages, strict=True)
    )


def pin(user: User, customer_id: str, order_id: str) -> None:
    """Pin an order; the oldest pins make room."""
    Pin.objects.get_or_create(user=user, customer_id=customer_id, order_id=order_id)
    too_many = Pin.objects.filter(user=user).order_by("-at", "-id").values_list("pk", flat=True)[MAX_PINS:]
    Pin.objects.filter(pk__in=list(too_many)).delete()


def unpin(user: User, customer_id: str, order_id: str) -> None:
    Pin.objects.filter(user=user, customer_id=customer_id, order_id=order_id).delete()
