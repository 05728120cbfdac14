"""The sign-in page, for its view and the throttle."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def page_context() -> dict[str, Any]:
    """Give the template's context except the form and `next`."""
    return {
        "locked_minutes": 0,
        "is_network_locked": False,
        "is_busy": False,
        "has_expired": False,
        "has_ended": False,
        "local_sign_in": settings.LOCAL_SIGN_IN,
        "sso_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }


def sign_in_page(request: HttpRequest, *, status: int, **shown: Any) -> HttpResponse:
    """Show the page for another try, with the typed user name; `shown` extends its context."""
    form = AuthenticationForm(request, initial={"username": request.POST.get("username", "")[:150]})
    context = {**page_context(), "form": form, "next": safe_next(request), **shown}
    return render(request, "accounts/login.html", context, status=status)


def safe_next(request: HttpRequest) -> str:
    """Give the address after the sign-in: one of the portal, or "" for the usual one."""
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    is_safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_safe else ""
