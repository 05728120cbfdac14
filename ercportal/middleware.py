"""Rules for every request: its id, no caching, who asks for it, sign-in, language and time zone."""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.template import loader
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from orders.core import metrics
from orders.core.localization import CHOSEN_ZONE_COOKIE, ZONE_COOKIE, find_zone, use_display
from orders.core.request import PortalRequest, correlation_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase


logger = logging.getLogger(__name__)

# Addresses, by their beginning, to which a middleware below does not apply.
# The panel works where browsers block cookies, so that cookies count there for nobody; it has the language and the
# zone of its launch. The admin's words are in English only, and it compares times of many people.
_PANEL = "/embed/"
_PREFIXES_WITHOUT_ZONE = (_PANEL, "/admin/", "/static/")
_PREFIXES_WITHOUT_LANGUAGE = (*_PREFIXES_WITHOUT_ZONE, "/metrics", "/healthz", "/readyz")
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{8,128}")
# A browser goes to a page as "document", and htmx asks for a fragment as "empty". All else is a part of some page.
_DESTINATIONS = {"", "document", "empty"}
# "no-cors" is how a page asks for what it is not meant to read, such as a picture.
_MODES = {"", "navigate", "cors", "same-origin"}
_PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_PREFETCH = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# The panel's look-ups need no sign-in. The admin's own script is no look-up.
_LOOK_UPS_WITHOUT_SIGN_IN = {"embed-orders"}
_SCRIPTS = {"admin:jsi18n"}


class CorrelationIdMiddleware:
    """Gives each request an id that is sent upstream, shown in errors, logged and returned as a header."""

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
            logger.info(
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
        """The id of a trusted proxy in front, where it is one that can stand in logs and headers."""
        given = request.headers.get(settings.CORRELATION_ID_HEADER, "") if settings.CORRELATION_ID_HEADER else ""
        return given if _CORRELATION_ID.fullmatch(given) else ""


class PrivateResponsesMiddleware:
    """Keeps every page out of caches unless its view says otherwise, browser features out of every page, and
    cookies out of the panel.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop the cookies, or those that the portal cannot have set, and add the headers."""
        is_without = request.path_info.startswith(_PANEL)
        # A quoted cookie may hold any character, NUL included, which a database takes nowhere.
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


class DeliberateRequestMiddleware:
    """Lets nothing but an agent's own request look anything up.

    A picture, a frame or a style sheet whose address is the portal's makes the browser ask in the agent's name; so
    does a browser that loads ahead what it guesses the agent will open. Each would leave a row in the access log
    that the agent knows nothing of, and calls of the API.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        _view_args: tuple[Any, ...],
        _view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Refuse what only a part of a page, or nobody yet, asks for. Browsers that do not say are believed."""
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
    """Django's sign-in wall; a fragment request makes the browser go to the sign-in page as a whole."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Redirect to sign-in, and come back to the page that the agent was on."""
        # Django's own asks for the user first, which reads a cookie and the database for pages that need neither.
        if not getattr(view_func, "login_required", True):
            return None
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        htmx = HtmxDetails(request)
        if refusal is None or not htmx:
            return refusal
        return HttpResponseClientRedirect(redirect_to_login(_page_of(htmx), resolve_url("login")).url)


def _page_of(htmx: HtmxDetails) -> str:
    """The portal's page that a fragment was asked for from; the look-up where the browser names none."""
    try:
        return htmx.current_url_abs_path or resolve_url("items")
    except ValueError:
        # Anybody can write a header that is no address.
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
    """Shows times in the zone that was chosen, else the one `static/js/zone.js` tells; each names its zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(_PREFIXES_WITHOUT_ZONE):
            return self.get_response(request)
        cookies = request.COOKIES
        zone = find_zone(cookies.get(CHOSEN_ZONE_COOKIE, "")) or find_zone(cookies.get(ZONE_COOKIE, ""))
        with timezone.override(zone), use_display():
            return self.get_response(request)
