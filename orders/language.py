"""The language of the portal's pages: the one chosen there, else the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

# The panel speaks the language of its launch and reads no cookie; the admin's own words are in English only.
_APART = ("/embed/", "/admin/", "/static/", "/metrics", "/healthz", "/readyz")


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice by cookie and header, where a page is for agents."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language."""
        if request.path_info.startswith(_APART):
            translation.activate(settings.LANGUAGE_CODE)
            return
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say that the answer depends on it."""
        if request.path_info.startswith(_APART):
            return response
        return super().process_response(request, response)
