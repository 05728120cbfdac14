"""Writes the access log: one row for each access to customer data, before the response leaves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest

from orders.core import metrics
from orders.core.client_address import client_address
from orders.models import AccessKind, AccessLogEntry, Surface

logger = logging.getLogger(__name__)


class Viewer(NamedTuple):
    """The agent, the surface and the address of an access.

    `host` is the embed host, and `proof` how its customer came to the panel; else both are empty. `account` is the
    key of the portal's account, if any.
    """

    surface: str
    agent: str
    address: str
    host: str = ""
    account: int | None = None
    proof: str = ""


def signed_in_viewer(request: HttpRequest, surface: Surface) -> Viewer:
    """Give the viewer for a signed-in user on this surface."""
    user = request.user
    return Viewer(surface, user.get_username(), client_address(request), account=user.pk)


class Access(NamedTuple):
    """The subject and outcome of an access. The fields are those of the log's rows.

    A search goes through `orders.audit.searches`, which counts it before it is made.
    """

    customer_id: str = ""
    order_id: str = ""
    page: int = 1
    outcome: str = "ok"
    items: int | None = None
    source: str = ""
    duration_ms: float = 0.0
    note: str = ""
    kind: AccessKind = AccessKind.ITEMS
    digest: str = ""


class NotRecorded(Exception):
    """The row could not be written, so nothing may be shown."""


def record(viewer: Viewer, access: Access, correlation_id: str) -> None:
    """Write one row. Raises NotRecorded where that fails, unless ACCESS_LOG_REQUIRED is off."""
    if access.kind is AccessKind.ITEMS:
        metrics.count_look_up(viewer.surface, access.outcome, access.source, access.duration_ms / 1000)
    else:
        metrics.count_order_list(viewer.surface, access.outcome, access.source)
    with writing(viewer, correlation_id, is_required=settings.ACCESS_LOG_REQUIRED):
        insert(viewer, access, correlation_id)


def insert(viewer: Viewer, access: Access, correlation_id: str) -> int:
    """Insert a row and give its key. Raises DatabaseError."""
    row = AccessLogEntry.objects.create(
        at=datetime.now(UTC),
        surface=viewer.surface,
        agent=viewer.agent[:200],
        account=viewer.account,
        host=viewer.host[:200],
        proof=viewer.proof,
        address=_address(viewer.address),
        correlation_id=correlation_id,
        **columns(access),
    )
    return int(row.pk)


def columns(access: Access) -> dict[str, Any]:
    """Give an access as values of a row's columns."""
    return {**access._asdict(), "duration_ms": round(access.duration_ms), "note": access.note[:500]}


@contextmanager
def writing(viewer: Viewer, correlation_id: str, *, is_required: bool) -> Iterator[None]:
    """Log that the database fails within the block. Raises NotRecorded then, if the row is required."""
    try:
        yield
    except DatabaseError as error:
        logger.error(  # noqa: TRY400 - the trace could quote the row
            "a view could not be recorded (%s)",
            type(error).__name__,
            extra={"surface": viewer.surface, "correlation_id": correlation_id},
        )
        if is_required:
            raise NotRecorded from None


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
