"""Handles forms whose token is older than a sign-in in another tab, or that come without cookies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.csrf import csrf_failure

from orders.accounts.landing import first_page
from orders.accounts.pages import safe_next, sign_in_page


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Redirect a user who is signed in by now; else show the sign-in page again, or say that the form expired."""
    if request.path not in (resolve_url("login"), resolve_url("admin:login")):
        return csrf_failure(request, reason)
    is_admin = request.path == resolve_url("admin:login")
    if request.user.is_authenticated:
        return redirect(safe_next(request) or (resolve_url("admin:index") if is_admin else first_page(request)))
    return csrf_failure(request, reason) if is_admin else sign_in_page(request, status=403, has_expired=True)
