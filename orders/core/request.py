"""What belongs to one request: its id, htmx's part in it, and who is behind it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_htmx.middleware import HtmxDetails

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id of the request that is being answered; empty outside of one."""


class PortalRequest(HttpRequest):
    """A request as the portal's views get it, after the site's middleware and django-htmx's."""

    htmx: HtmxDetails
    correlation_id: str


class SignedInRequest(PortalRequest):
    """A request of somebody who is signed in to the portal."""

    user: User


def is_quiet(request: HttpRequest) -> bool:
    """Whether a page asked by itself, with nobody there; that does not keep a sign-in alive."""
    return request.GET.get("quiet") == "1"
