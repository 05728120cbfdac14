"""Rules for every request: its id, caching, origin, sign-in, language and time zone."""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.template import loader
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from orders.accounts.ended import note_ended
from orders.core import metrics
from orders.core.localization import CHOSEN_ZONE_COOKIE, ZONE_COOKIE, find_zone, use_display
from orders.core.request import PortalRequest, correlation_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase


logger = logging.getLogger(__name__)

# Prefixes of addresses to which a middleware below does not apply. The panel ignores cookies, which browsers may
# block there, and has its launch's language and zone. The admin is in English, and compares times of many people.
_PANEL = "/embed/"
_PREFIXES_WITHOUT_ZONE = (_PANEL, "/admin/", "/static/")
_PREFIXES_WITHOUT_LANGUAGE = (*_PREFIXES_WITHOUT_ZONE, "/metrics", "/healthz", "/readyz")
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{8,128}")
# Navigation sends "document", and htmx "empty". All else is a part of some page.
_DESTINATIONS = {"", "document", "empty"}
# "no-cors" means content that the page may not read, such as a picture.
_MODES = {"", "navigate", "cors", "same-origin"}
_PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_PREFETCH = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# The panel's look-ups need no sign-in. The admin's own script is no look-up.
_LOOK_UPS_WITHOUT_SIGN_IN = {"embed-orders", "embed-customers", "embed-found", "embed-find"}
_SCRIPTS = {"admin:jsi18n"}


class CorrelationIdMiddleware:
    """Gives each request an id for the API, errors, logs and the response's header."""

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponseBase:
        """Set `request.correlation_id` and the response's `X-Correlation-ID`; log the request by its route."""
        started = time.monotonic()
        request.correlation_id = self._proxy_id(request) or uuid.uuid4().hex
        reset = correlation_id.set(request.correlation_id)
        try:
            response = self.get_response(request)
            seconds = time.monotonic() - started
            route = f"/{request.resolver_match.route}" if request.resolver_match else ""
            # Whoever watches over the instances asks several times a second.
            is_good_check = route == "/healthz" and response.status_code == HTTPStatus.OK
            logger.log(
                logging.DEBUG if is_good_check else logging.INFO,
                "request",
                extra={
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "duration_ms": round(seconds * 1000, 1),
                },
            )
            metrics.count_request(request.method or "", route, response.status_code, seconds)
        finally:
            correlation_id.reset(reset)
        response["X-Correlation-ID"] = request.correlation_id
        return response

    @staticmethod
    def _proxy_id(request: HttpRequest) -> str:
        """Give the id of a trusted proxy, if it is safe for logs and headers."""
        given = request.headers.get(settings.CORRELATION_ID_HEADER, "") if settings.CORRELATION_ID_HEADER else ""
        return given if _CORRELATION_ID.fullmatch(given) else ""


class PrivateResponsesMiddleware:
    """Forbids caching unless the view allows it, switches browser features off, and bars cookies in the panel."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop cookies that the portal cannot have set, in the panel all, and add the headers."""
        is_without = request.path_info.startswith(_PANEL)
        # A quoted cookie may contain any character, even NUL, which databases refuse.
        request.COOKIES = {
            name: value
            for name, value in request.COOKIES.items()
            if not is_without and name.isprintable() and value.isprintable()
        }
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response


class DeliberateRequestMiddleware(MiddlewareMixin):
    """Allows a look-up only for an agent's own request.

    A picture or a frame with an address of the portal makes the browser send a request in the agent's name, and so
    does prefetching. Each would add an access that the agent knows nothing of, and requests to the API.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        _view_args: tuple[Any, ...],
        _view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Refuse parts of pages and prefetches, as far as the browser's headers tell."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_private = getattr(view_func, "login_required", True) or name in _LOOK_UPS_WITHOUT_SIGN_IN
        if not is_private or name in _SCRIPTS or _is_deliberate(request):
            return None
        return HttpResponseForbidden(loader.render_to_string("403_part.html", request=request))


def _is_deliberate(request: HttpRequest) -> bool:
    destination, mode = (request.headers.get(f"Sec-Fetch-{name}", "").strip().lower() for name in ("Dest", "Mode"))
    is_prefetch = any(_PREFETCH.search(request.headers.get(name, "")) for name in _PREFETCH_HEADERS)
    return destination in _DESTINATIONS and mode in _MODES and not is_prefetch


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's sign-in wall; after a fragment request, the whole page goes to the sign-in."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Redirect to the sign-in, which leads back to the agent's page."""
        # Django's own loads the user first, which costs database reads on pages that need none.
        if not getattr(view_func, "login_required", True):
            return None
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None:
            return None
        htmx = HtmxDetails(request)
        if htmx:
            refusal = HttpResponseClientRedirect(redirect_to_login(_page_of(htmx), resolve_url("login")).url)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            note_ended(refusal)
        return refusal


def _page_of(htmx: HtmxDetails) -> str:
    """Give the page that a fragment belongs to; the look-up where the browser names none."""
    try:
        return htmx.current_url_abs_path or resolve_url("items")
    except ValueError:
        # The header may be malformed.
        return resolve_url("items")


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice by cookie and header, where a page is for agents."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(_PREFIXES_WITHOUT_LANGUAGE):
            translation.activate(settings.LANGUAGE_CODE)
            return
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(_PREFIXES_WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class ZoneMiddleware:
    """Uses the chosen zone for times, else the browser's, which `static/js/zone.js` sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(_PREFIXES_WITHOUT_ZONE):
            return self.get_response(request)
        cookies = request.COOKIES
        zone = find_zone(cookies.get(CHOSEN_ZONE_COOKIE, "")) or find_zone(cookies.get(ZONE_COOKIE, ""))
        with timezone.override(zone), use_display():
            return self.get_response(request)
