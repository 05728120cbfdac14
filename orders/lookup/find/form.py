"""The form of the find box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.lookup.find.ids import MAX_LENGTH
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.read import read_query

_BREAK = re.compile(r"\r\n?|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# A field of one line keeps this one, and drops all other ends of lines.
_LINE_SEPARATOR = "\u2028"


class FindForm(forms.Form):
    """One text, and what it can mean; `sample` is one of those that a demonstration offers.

    Control characters do no harm: they are not read.
    """

    q = forms.CharField(
        max_length=MAX_LENGTH,
        error_messages={
            "required": _("Type or paste what you know of the customer or the order into the box."),
            "max_length": _("This is too long to search for. Paste only the lines with what you know."),
        },
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({"q": _CONTROL.sub("", str(data.get("q") or data.get("sample", "")))})

    @property
    def typed(self) -> str:
        """The text for the box, which shows it again."""
        return _BREAK.sub(_LINE_SEPARATOR, str(self.data["q"])[:MAX_LENGTH].strip())

    @property
    def ids(self) -> Reading | None:
        """The customer's and the order's id, where the text can be nothing else. Only for a valid form."""
        return None if self.searches else self.possible_ids

    @property
    def possible_ids(self) -> Reading | None:
        """The two ids, where the text can be those, too. Only for a valid form."""
        return next((one for one in self._readings if one.kind is Kind.IDS), None)

    @property
    def searches(self) -> tuple[Reading, ...]:
        """What else the text can mean, the likeliest first. Only for a valid form."""
        return tuple(one for one in self._readings if one.kind is not Kind.IDS)

    @property
    def _readings(self) -> tuple[Reading, ...]:
        readings: tuple[Reading, ...] = self.cleaned_data["readings"]
        return readings

    def clean(self) -> None:
        """Refuse a text that says nothing."""
        readings = read_query(self.cleaned_data.get("q", ""))
        if not readings and not self.errors:
            raise forms.ValidationError(
                _(
                    "There is nothing to search for in this. "
                    "Type an e-mail address, a phone number, an order number, a name or the IDs."
                )
            )
        self.cleaned_data["readings"] = readings
