"""What every page does alike: whole page or fragment, and an error with its status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from orders.core.request import PortalRequest
from orders.presenters.errors import ErrorView, input_error


def form_error(form: forms.Form) -> ErrorView:
    """List what to correct in an invalid form."""
    return input_error(tuple(str(problem) for errors in form.errors.values() for problem in errors))


def wants_fragment(request: PortalRequest) -> bool:
    """Whether htmx asked for a part of the page, not for the whole to restore its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def render_page(
    request: PortalRequest, template: str, context: Mapping[str, Any], error: ErrorView | None
) -> HttpResponse:
    """Render a page or fragment with the status of its error."""
    response = render(request, template, context, status=error.http_status if error else 200)
    if error and error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response
