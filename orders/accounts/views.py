"""Sign-in by user name and password, for the portal and for its admin, and by single sign-on."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_GET

from orders.accounts import pending
from orders.accounts.ended import forget_ended, has_ended
from orders.accounts.errors import SignInRefused, explain
from orders.accounts.hashing import RETRY_SECONDS, TooManySignIns
from orders.accounts.identities import account_for
from orders.accounts.landing import first_page, open_pages
from orders.accounts.pages import page_context, safe_next, sign_in_page
from orders.accounts.pending import PendingSignIn
from orders.core.request import PortalRequest

logger = logging.getLogger(__name__)

_BACKEND = "orders.accounts.backends.SingleSignOnBackend"


class SignInView(LoginView):
    """The sign-in page with the password form, single sign-on, or both."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**page_context(), "has_ended": has_ended(self.request)}, **kwargs)

    def get_default_redirect_url(self) -> str:
        return first_page(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if has_ended(request):
            forget_ended(response)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the password, if passwords are accepted."""
        if not settings.LOCAL_SIGN_IN:
            return sign_in_page(request, status=403)
        try:
            return super().post(request, *args, **kwargs)
        except TooManySignIns:
            return _refuse_busy(request)


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Show the admin's own sign-in page, or the portal's where no passwords are accepted.

    Raises PermissionDenied for a signed-in user who may not enter the admin: another sign-in would not help.
    """
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    if settings.LOCAL_SIGN_IN:
        try:
            return admin.site.login(request)
        except TooManySignIns:
            return _refuse_busy(request)
    back_to = safe_next(request) or resolve_url("admin:index")
    return redirect(f"{resolve_url('login')}?{urlencode({REDIRECT_FIELD_NAME: back_to})}")


def not_allowed(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Refuse a page to a user without its permission, and offer the pages that they may open."""
    return render(request, "403.html", {"pages": open_pages(request)}, status=403)


@login_not_required
@require_GET
def start_single_sign_on(request: PortalRequest) -> HttpResponse:
    """Send the browser to the provider."""
    # Authlib takes 2 MB of a process, which a site without single sign-on can do without.
    from orders.accounts import sso

    _require_configured()
    if request.user.is_authenticated:
        return redirect(safe_next(request) or first_page(request))
    try:
        address, started = sso.start_sign_in(_callback(request), safe_next(request))
    except SignInRefused as refused:
        return _refuse(request, refused, safe_next(request))
    response = redirect(address)
    pending.remember(request, response, started)
    return response


@login_not_required
@require_GET
def end_single_sign_on(request: PortalRequest) -> HttpResponse:
    """Sign in the account of the provider's callback, and redirect to the page that the agent wanted."""
    _require_configured()
    state = request.GET.get("state", "")
    response = _finish(request, pending.find(request, state))
    pending.forget(request, response, state)
    return response


def _finish(request: PortalRequest, started: PendingSignIn | None) -> HttpResponse:
    from orders.accounts import sso

    try:
        account = account_for(sso.verify_callback(request.GET, started, _callback(request)))
    except SignInRefused as refused:
        return _refuse(request, refused, started.next_address if started else "")
    login(request, account, backend=_BACKEND)
    return redirect((started and started.next_address) or first_page(request))


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sso-callback"))


def _refuse_busy(request: HttpRequest) -> HttpResponse:
    logger.warning("sign-in not looked at: too many at once")
    response = sign_in_page(request, is_busy=True, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _require_configured() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


def _refuse(request: PortalRequest, refused: SignInRefused, next_address: str) -> HttpResponse:
    logger.warning("single sign-on refused", extra={"reason": refused.reason.value})
    explained = explain(refused.reason)
    reference = request.correlation_id
    context = {
        "text": explained.text,
        "reason": refused.reason.value,
        "reference": reference,
        "next": next_address,
    }
    response = render(request, "accounts/sso_refused.html", context, status=explained.status)
    if explained.retry_seconds:
        response["Retry-After"] = str(explained.retry_seconds)
    # The address contains the provider's parameters.
    response["Referrer-Policy"] = "no-referrer"
    return response
