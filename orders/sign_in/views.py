"""Sign-in by user name and password, for the portal and for its admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from orders.sign_in.pages import page_context, safe_next, sign_in_page


class SignInView(LoginView):
    """The sign-in page; offers the password form, single sign-on, or both."""

    template_name = "login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and what else the page offers."""
        return super().get_context_data(**page_context(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the password, where passwords are taken at all."""
        if not settings.LOCAL_SIGN_IN:
            return sign_in_page(request, status=403)
        return super().post(request, *args, **kwargs)


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own sign-in page; the portal's where no passwords are taken."""
    if settings.LOCAL_SIGN_IN:
        return admin.site.login(request)
    if request.user.is_authenticated and not admin.site.has_permission(request):
        # The sign-in page would send somebody who is signed in straight back here.
        raise PermissionDenied
    back_to = safe_next(request) or resolve_url("admin:index")
    return redirect(f"{resolve_url('login')}?{urlencode({REDIRECT_FIELD_NAME: back_to})}")
