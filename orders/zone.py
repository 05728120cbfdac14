"""The time zone of the portal's pages: the one that the agent's browser is in, else that of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

COOKIE = "timezone"
# The panel has the zone of its launch and reads no cookie; the admin compares times of many people.
_APART = ("/embed/", "/admin/", "/static/")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")


class ZoneMiddleware:
    """Shows times in the zone that `static/js/zone.js` names in a cookie; times always name their zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate the zone for this request."""
        if request.path_info.startswith(_APART):
            return self.get_response(request)
        with timezone.override(_zone(request.COOKIES.get(COOKIE, ""))):
            return self.get_response(request)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
