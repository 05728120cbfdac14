"""The portal's addresses, and a page that only says hello to who is signed in: what every page costs at least."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ercportal.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    """Behind the same middleware, session and sign-in as every page."""
    return HttpResponse(f"hello {request.user.get_username()}", content_type="text/plain")


urlpatterns = [path("hello", hello), *urlpatterns]
