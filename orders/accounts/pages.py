"""The sign-in page, as its view and the throttle show it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def page_context() -> dict[str, Any]:
    """What the page's template needs besides its form and `next`."""
    return {
        "locked_minutes": 0,
        "is_network_locked": False,
        "is_busy": False,
        "has_expired": False,
        "local_sign_in": settings.LOCAL_SIGN_IN,
        "sso_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }


def sign_in_page(request: HttpRequest, *, status: int, **shown: Any) -> HttpResponse:
    """The page for another try, with the user name that was typed; `shown` goes into its context."""
    form = AuthenticationForm(request, initial={"username": request.POST.get("username", "")[:150]})
    context = {**page_context(), "form": form, "next": safe_next(request), **shown}
    return render(request, "accounts/login.html", context, status=status)


def safe_next(request: HttpRequest) -> str:
    """Where to go after the sign-in: an address of the portal, or "" for the usual one."""
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    is_safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_safe else ""
