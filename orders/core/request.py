"""Types and the id of the current request."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_htmx.middleware import HtmxDetails

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id of the current request; empty outside of one."""


class PortalRequest(HttpRequest):
    """A request after the site's middleware and django-htmx's."""

    htmx: HtmxDetails
    correlation_id: str


class SignedInRequest(PortalRequest):
    """A request of a signed-in user."""

    user: User


def is_quiet(request: HttpRequest) -> bool:
    """Whether a page sent the request by itself; that does not prolong a sign-in."""
    return request.GET.get("quiet") == "1"
