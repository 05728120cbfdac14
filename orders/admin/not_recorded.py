"""The admin's response where an access to customer data cannot be recorded."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext


def recording_error(request: HttpRequest) -> TemplateResponse:
    """Say so with status 503, because it may soon work again."""
    context = {**admin.site.each_context(request), "title": gettext("Nothing is shown")}
    template = "admin/orders/not_recorded.html"
    return TemplateResponse(request, template, context, status=503, headers={"Retry-After": "5"})
