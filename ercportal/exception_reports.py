"""Removes credentials and customers' data from Django's reports of exceptions, which are easily passed on."""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from ercportal.log_format import remove_secrets
from orders.audit.redaction import redact


class ReportFilter(SafeExceptionReporterFilter):
    """Leaves out local variables: frames below a request to the API hold tokens."""

    def get_traceback_frame_variables(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        tb_frame: FrameType,  # noqa: ARG002 - Django's signature
    ) -> ItemsView[str, Any]:
        return dict[str, Any]().items()


class Report(ExceptionReporter):
    """Leaves out the request, which names a customer, and the credentials that a message or a setting quotes."""

    def __init__(self, _request: HttpRequest | None, *exception: Any, **options: Any) -> None:
        super().__init__(None, *exception, **options)

    def get_traceback_data(self) -> dict[str, Any]:
        """Cut query strings out of the exception's message, because they name customers, too."""
        data = super().get_traceback_data()
        if message := data.get("exception_value"):
            data["exception_value"] = remove_secrets(str(message))
        return data

    def get_traceback_html(self) -> SafeString:
        return SafeString(redact(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return SafeString(redact(super().get_traceback_text()))
