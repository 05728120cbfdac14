"""What Django's report of an exception may tell: where it came from, and nothing of a credential or a customer.

It is shown with DEBUG, and is easily passed on.
"""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from orders.audit.redaction import redact


class ReportFilter(SafeExceptionReporterFilter):
    """Leaves out local variables: frames below a call of the API hold tokens and bodies under any name."""

    def get_traceback_frame_variables(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        tb_frame: FrameType,  # noqa: ARG002 - Django's signature
    ) -> ItemsView[str, Any]:
        """No variables."""
        return dict[str, Any]().items()


class Report(ExceptionReporter):
    """Leaves out the request, which names a customer, and the credentials that a message or a setting quotes."""

    def __init__(self, _request: HttpRequest | None, *exception: Any, **options: Any) -> None:
        super().__init__(None, *exception, **options)

    def get_traceback_html(self) -> SafeString:
        """Django's page, without credentials."""
        return SafeString(redact(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        """Django's text, without credentials."""
        return SafeString(redact(super().get_traceback_text()))
