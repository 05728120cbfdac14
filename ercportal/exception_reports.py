"""What Django's report of an exception may tell: where it came from, and nothing of a credential or a customer."""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from ercportal.log_format import remove_secrets
from orders.erc.masking import HIDDEN


class ReportFilter(SafeExceptionReporterFilter):
    """Leaves out what cannot be told from a secret, with DEBUG as well: a report is easily passed on."""

    def get_traceback_frame_variables(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        tb_frame: FrameType,  # noqa: ARG002 - Django's signature
    ) -> ItemsView[str, Any]:
        """None: on the way to the API they hold tokens, headers and bodies under any name."""
        return dict[str, Any]().items()

    def get_safe_settings(self) -> dict[str, Any]:
        """Django's, without the passwords within addresses."""
        return {name: _plain(value) for name, value in super().get_safe_settings().items()}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """Django's, without parameters of addresses."""
        meta = super().get_safe_request_meta(request) if request else {}
        return {name: _plain(value) for name, value in meta.items() if name != "QUERY_STRING"}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """The names that were sent."""
        return dict.fromkeys(request.POST, HIDDEN) if request else {}


class Report(ExceptionReporter):
    """Django's report, whose texts are cleaned as a line of the log is."""

    def get_traceback_data(self) -> dict[str, Any]:
        """What the report is made of."""
        data: dict[str, Any] = super().get_traceback_data()
        for name in ("exception_value", "exception_notes", "request_insecure_uri", "unicode_hint"):
            if name in data:
                data[name] = remove_secrets(data[name])
        for frame in data["frames"]:
            if frame.get("exc_cause"):
                frame["exc_cause"] = remove_secrets(str(frame["exc_cause"]))
        if self.request is not None:
            data["request_GET_items"] = [(name, HIDDEN) for name in self.request.GET]
        return data


def _plain(value: Any) -> Any:
    """A value whose texts, at any depth, hold no credential; what is no text stays."""
    match value:
        case str():
            return remove_secrets(str(value))
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [*map(_plain, value)]
        case _:
            return value
