"""Writes the access log: one row for each access to customer data, before the response leaves."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import NamedTuple

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest

from orders.core import metrics
from orders.core.client_address import client_address
from orders.models import AccessLogEntry, Surface

logger = logging.getLogger(__name__)


class Viewer(NamedTuple):
    """The agent, the surface and the address of an access.

    `host` is the embed host, else empty. `account` is the key of the portal's account, if any.
    """

    surface: str
    agent: str
    address: str
    host: str = ""
    account: int | None = None


def signed_in_viewer(request: HttpRequest, surface: Surface) -> Viewer:
    """Give the viewer for a signed-in user on this surface."""
    user = request.user
    return Viewer(surface, user.get_username(), client_address(request), account=user.pk)


class Access(NamedTuple):
    """The subject and outcome of an access. The fields are those of the log's rows."""

    customer_id: str = ""
    order_id: str = ""
    page: int = 1
    outcome: str = "ok"
    items: int | None = None
    source: str = ""
    duration_ms: float = 0.0
    note: str = ""


class NotRecorded(Exception):
    """The row could not be written, so nothing may be shown."""


def record(viewer: Viewer, access: Access, correlation_id: str) -> None:
    """Write one row. Raises NotRecorded where that fails, unless ACCESS_LOG_REQUIRED is off."""
    metrics.count_look_up(viewer.surface, access.outcome, access.source, access.duration_ms / 1000)
    try:
        AccessLogEntry.objects.create(
            at=datetime.now(UTC),
            surface=viewer.surface,
            agent=viewer.agent[:200],
            account=viewer.account,
            host=viewer.host[:200],
            address=_address(viewer.address),
            correlation_id=correlation_id,
            **{**access._asdict(), "duration_ms": round(access.duration_ms), "note": access.note[:500]},
        )
    except DatabaseError as error:
        logger.error(  # noqa: TRY400 - the trace could quote the row
            "a view could not be recorded (%s)",
            type(error).__name__,
            extra={"surface": viewer.surface, "correlation_id": correlation_id},
        )
        if settings.ACCESS_LOG_REQUIRED:
            raise NotRecorded from None


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
