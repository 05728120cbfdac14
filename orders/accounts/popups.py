"""Lets the small window in which an agent signs in for a panel talk back to the panel that opened it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from orders.accounts import pending
from orders.accounts.pages import safe_next

POPUP = "panel-sign-in"
"""The name of the address at which such a window begins and ends."""

_HEADER = "Cross-Origin-Opener-Policy"
_OF_SIGN_IN = {"login", "sso"}


class PopupOpenerMiddleware:
    """Keeps the opener of such a window on each page of its way; of all other windows the settings cut it off.

    A response that cuts it off does so for good, so those that redirect, and those that refuse, count as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_of_popup(request):
            response[_HEADER] = "unsafe-none"
        return response


def _is_of_popup(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name if request.resolver_match else None
    if name in _OF_SIGN_IN:
        try:
            return leads_to_popup(safe_next(request))
        except (SuspiciousOperation, UnreadablePostError):
            # The form is too large, or its sender is gone.
            return False
    if name == "sso-callback":
        started = pending.find(request, request.GET.get("state", ""))
        return started is not None and leads_to_popup(started.next_address)
    if name == "set-language":
        # It leads back to the page that has asked for it.
        return _is_on_the_way(request.headers.get("Referer", ""))
    return name == POPUP


def _is_on_the_way(address: str) -> bool:
    """Whether an address of the portal is that of a sign-in that ends in such a window."""
    try:
        parts = urlsplit(address)
        [next_address] = parse_qs(parts.query).get(REDIRECT_FIELD_NAME, [""])
        return resolve(parts.path).url_name in _OF_SIGN_IN and leads_to_popup(next_address)
    except (Resolver404, ValueError):
        return False


def leads_to_popup(address: str) -> bool:
    """Whether an address of the portal is that of such a window."""
    try:
        return resolve(urlsplit(address).path).url_name == POPUP
    except (Resolver404, ValueError):
        return False
