"""The time zone of the portal's pages: the one chosen there, else the browser's, else that of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from orders.core.localization import held

COOKIE = "timezone"
CHOSEN_COOKIE = "timezone_chosen"
COOKIE_SECONDS = 365 * 24 * 3600
# The panel has the zone of its launch and reads no cookie; the admin compares times of many people.
_APART = ("/embed/", "/admin/", "/static/")
_PLACES = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")


class ZoneMiddleware:
    """Shows times in the zone that was chosen, else the one `static/js/zone.js` tells; each names its zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate the zone for this request."""
        if request.path_info.startswith(_APART):
            return self.get_response(request)
        cookies = request.COOKIES
        zone = zone_named(cookies.get(CHOSEN_COOKIE, "")) or zone_named(cookies.get(COOKIE, ""))
        with timezone.override(zone), held():
            return self.get_response(request)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name of the IANA database, such as Europe/Berlin; None for anything else."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


@cache
def zone_names() -> tuple[str, ...]:
    """The zones to choose from: those of places, in alphabetical order."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_PLACES)))
