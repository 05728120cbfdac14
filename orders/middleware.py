"""What holds for every request: a correlation id, no caching of private pages, and sign-in first."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase
    from django_htmx.middleware import HtmxDetails


class PortalRequest(HttpRequest):
    """A request as the portal's views get it, after the middleware here and django-htmx's."""

    htmx: HtmxDetails
    correlation_id: str


class CorrelationIdMiddleware:
    """Gives each request an id that is sent upstream, shown in errors, logged and returned as a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set `request.correlation_id` and the answer's `X-Correlation-ID`."""
        correlation_id = uuid.uuid4().hex
        cast("PortalRequest", request).correlation_id = correlation_id
        response = self.get_response(request)
        response["X-Correlation-ID"] = correlation_id
        return response


class PrivateResponsesMiddleware:
    """Keeps every page out of caches unless its view says otherwise, and browser features out of every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers."""
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's sign-in wall; a fragment request makes the browser go to the sign-in page as a whole."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Redirect to sign-in, and come back to the page that the agent was on."""
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        htmx = cast("PortalRequest", request).htmx
        if refusal is None or not htmx:
            return refusal
        back_to = htmx.current_url_abs_path or resolve_url("items")
        return HttpResponseClientRedirect(redirect_to_login(back_to, resolve_url("login")).url)
