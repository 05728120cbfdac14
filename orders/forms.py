"""The look-up as an agent, a link or a host sends it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.erc.query import FILTER_NAMES, ItemsQuery, is_usable_id
from orders.pasted import bare_id

WITHIN = "within"
"""The field that holds the parameters of the list that a form narrows, so that a page names each once."""

_LONGEST_WITHIN = 8192
_LONGEST_ID = 512
_LONGEST_CURSOR = 4096
_MOST_ITEMS = 500
_MOST_PAGES = 100
_NUMBER = re.compile(r"[0-9]{1,3}")
_ORDER_BY = re.compile(r"[A-Za-z_.]{1,50}:(asc|desc)")


class IdField(forms.CharField):
    """Takes an id as it was typed or pasted, without what came with it."""

    def to_python(self, value: Any) -> str:
        """The id alone."""
        return super().to_python(bare_id(str(value or ""))) or ""


def _id_field(missing: Any) -> IdField:
    return IdField(
        max_length=_LONGEST_ID,
        error_messages={
            "required": missing,
            "max_length": _("This id is too long. Check what was pasted."),
            "null_characters_not_allowed": _("This id holds a character that no id can have."),
        },
    )


def unfolded(address: str, sent: QueryDict) -> str:
    """The plain address of what a form asks `WITHIN` a list: the list's parameters, then those filled in."""
    parameters = dict(parse_qsl(sent.get(WITHIN, "")[:_LONGEST_WITHIN]))
    parameters |= {name: str(value) for name, value in sent.items() if str(value).strip()}
    parameters.pop(WITHIN, None)
    return f"{address}?{urlencode(parameters)}"


class LookupForm(forms.Form):
    """Customer id, order id, and what belongs to a page of the list. Ids are opaque: only what is around goes."""

    customer_id = _id_field(_("Enter the customer id."))
    order_id = _id_field(_("Enter the order id."))
    order_by = forms.CharField(required=False)
    limit = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=_MOST_ITEMS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("The number of items per page must be a whole number from 1 to 500."),
        ),
    )
    cursor = forms.CharField(required=False, max_length=_LONGEST_CURSOR, strip=False)

    @property
    def sealed_trail(self) -> str:
        """What the viewer has seen of the list so far, as the link carries it."""
        return str(self.data.get("trail", ""))

    @property
    def is_refresh(self) -> bool:
        """Whether the API is to be asked even where a fresh answer is kept."""
        return bool(self.data.get("refresh") == "1")

    @property
    def pages(self) -> int:
        """How many pages in a row are wanted, as a refresh of a long list asks; 1 where that is no number."""
        text = str(self.data.get("pages", ""))
        return max(1, min(_MOST_PAGES, int(text))) if _NUMBER.fullmatch(text) else 1

    @property
    def is_asked(self) -> bool:
        """Whether anything was looked up at all."""
        return any(self.data.get(name, "").strip() for name in ("customer_id", "order_id"))

    def clean_customer_id(self) -> str:
        """A customer id that can stand in an address."""
        return self._usable("customer_id")

    def clean_order_id(self) -> str:
        """An order id that can stand in an address."""
        return self._usable("order_id")

    def clean_order_by(self) -> str:
        """`field:direction` (API.md, Endpoint)."""
        order_by: str = self.cleaned_data["order_by"]
        if order_by and not _ORDER_BY.fullmatch(order_by):
            raise forms.ValidationError(
                _("The sorting in this address is not known. Choose one below the look-up.")
            )
        return order_by

    def _usable(self, name: str) -> str:
        value: str = self.cleaned_data[name]
        if not is_usable_id(value):
            raise forms.ValidationError(_("This id holds a character that no id can have."))
        return value

    def query(self) -> ItemsQuery:
        """What to ask the API; only of a valid form."""
        filters = {name: value for name in FILTER_NAMES if (value := self.data.get(name, "").strip())}
        return ItemsQuery(
            customer_id=self.cleaned_data["customer_id"],
            order_id=self.cleaned_data["order_id"],
            limit=self.cleaned_data["limit"] or settings.ERC_PAGE_SIZE,
            order_by=self.cleaned_data["order_by"] or None,
            cursor=self.cleaned_data["cursor"] or None,
            **filters,
        )
