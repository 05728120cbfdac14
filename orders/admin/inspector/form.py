"""The form of what is inspected besides an order's items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.admin.inspector.inspectable import Inspectable
from orders.erc.query import Query
from orders.lookup.forms import LookupForm

_MAX_TEXT = 500


class InspectForm(LookupForm):
    """The fields of a look-up that a request takes, and the text of a search."""

    q = forms.CharField(
        max_length=_MAX_TEXT,
        error_messages={
            "required": _("Enter what to search for."),
            "max_length": _("This is too long to search for."),
            "null_characters_not_allowed": _("The text holds a character that cannot be searched for."),
        },
    )

    def __init__(self, sent: Mapping[str, Any], inspected: Inspectable) -> None:
        super().__init__(sent)
        self._inspected = inspected
        for name in self.fields.keys() - set(inspected.fields):
            del self.fields[name]

    @property
    def is_filled(self) -> bool:
        """Whether anything was sent to ask for."""
        return any(str(self.data.get(name, "")).strip() for name in self._inspected.fields)

    def inspected_query(self) -> Query[Any]:
        """Build the API's query. Only for a valid form."""
        return self._inspected.query(self.cleaned_data)
