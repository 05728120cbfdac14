"""An agent's own look-ups: the latest, from the access log, and the pinned ones."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Max, Q
from django.utils import timezone

from orders.models import AccessLogEntry, Pin, Surface

_MAX_SHOWN = 8
_MAX_AGE = timedelta(days=30)
MAX_PINS = 20


class LookedUp(NamedTuple):
    """An order that was looked up."""

    customer_id: str
    order_id: str


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
        outcome="ok",
        host="",
        at__gte=timezone.now() - _MAX_AGE,
    )
    # By order: a long list and its refreshes leave many rows of one.
    seen = rows.values("customer_id", "order_id").annotate(at=Max("at"), row=Max("id")).order_by("-at", "-row")
    known = [LookedUp(one["customer_id"], one["order_id"]) for one in seen[: _MAX_SHOWN + MAX_PINS]]
    latest = [one for one in known if one not in pinned]
    return Recent(pinned, tuple(latest[:_MAX_SHOWN]))


def pin(user: User, customer_id: str, order_id: str) -> None:
    """Pin an order; the oldest pins make room."""
    Pin.objects.get_or_create(user=user, customer_id=customer_id, order_id=order_id)
    too_many = Pin.objects.filter(user=user).order_by("-at", "-id").values_list("pk", flat=True)[MAX_PINS:]
    Pin.objects.filter(pk__in=list(too_many)).delete()


def unpin(user: User, customer_id: str, order_id: str) -> None:
    Pin.objects.filter(user=user, customer_id=customer_id, order_id=order_id).delete()
