"""The form of a look-up, sent by an agent, a link or a host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.erc.query import FILTER_NAMES, ItemsQuery, has_dot_segment, is_usable_id
from orders.lookup.find.ids import bare_id

LIST_PARAMS = "within"
"""The field for all parameters of the list that a form narrows, so that a page contains them once."""

AS_RECEIVED: Mapping[str, str] = MappingProxyType({"groups": "0"})
"""The parameter for a list that is not grouped."""

# A non-ASCII character takes some nine bytes in an address, and two ids may have 512 each.
_MAX_LIST_PARAMS = 32_768
_MAX_ID = 512
_MAX_CURSOR = 8000
_MAX_FILTER = 200
_MAX_ENTRIES = 500
# Each page is a request to the API.
_MAX_PAGES = 25
_NUMBER = re.compile(r"[0-9]{1,3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ORDER_BY = re.compile(r"[A-Za-z_.]{1,50}:(asc|desc)")

UNKNOWN_CURSOR = _("This link to the next page did not come from the portal. Start a new search.")


class IdField(forms.CharField):
    """Cleans a typed or pasted id."""

    def to_python(self, value: Any) -> str:
        return super().to_python(bare_id(str(value or ""))) or ""


def _id_field(missing: Any) -> IdField:
    return IdField(
        max_length=_MAX_ID,
        error_messages={
            "required": missing,
            "max_length": _("This ID is too long. Check what was pasted."),
            "null_characters_not_allowed": _("This ID contains a character that isn’t allowed."),
        },
    )


def merge_list_params(address: str, sent: QueryDict) -> str:
    """Merge the parameters in `LIST_PARAMS` with those of the form inside the list, which win."""
    parameters = dict(parse_qsl(sent.get(LIST_PARAMS, "")[:_MAX_LIST_PARAMS]))
    parameters |= {name: str(value) for name, value in sent.items() if str(value).strip()}
    parameters.pop(LIST_PARAMS, None)
    return f"{address}?{urlencode(parameters)}"


class ListForm(forms.Form):
    """The customer's id and the parameters of a list's page. Ids are opaque: only text around them is removed."""

    customer_id = _id_field(_("Enter the customer ID."))
    limit = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=_MAX_ENTRIES,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("The number of entries per page must be a whole number from 1 to 500."),
        ),
    )
    cursor = forms.CharField(
        required=False,
        max_length=_MAX_CURSOR,
        strip=False,
        error_messages=dict.fromkeys(
            ("max_length", "null_characters_not_allowed"),
            UNKNOWN_CURSOR,
        ),
    )

    @property
    def state(self) -> str:
        """The token of `ListState` in the link."""
        # The parameter has its older name, so that links of open pages still work.
        return str(self.data.get("trail", ""))

    @property
    def is_refresh(self) -> bool:
        """Whether to request a new page although a fresh one is cached."""
        return bool(self.data.get("refresh") == "1")

    @property
    def pages(self) -> int:
        """How many pages in a row a refresh of a long list wants, together no more entries than one page may have.

        Only for a valid form.
        """
        text = str(self.data.get("pages", ""))
        most = min(_MAX_PAGES, _MAX_ENTRIES // self._limit)
        return max(1, min(most, int(text))) if _NUMBER.fullmatch(text) else 1

    def clean_customer_id(self) -> str:
        return self._usable("customer_id")

    @property
    def _limit(self) -> int:
        return self.cleaned_data["limit"] or int(settings.ERC_PAGE_SIZE)

    def _usable(self, name: str) -> str:
        value: str = self.cleaned_data[name]
        if has_dot_segment(value):
            raise forms.ValidationError(
                _("This ID has a part that is only “.” or “..”, which isn’t allowed. Check what was pasted.")
            )
        if not is_usable_id(value):
            raise forms.ValidationError(_("This ID contains a character that isn’t allowed."))
        return value


class LookupForm(ListForm):
    """Customer id, order id, and the parameters of a page of the order's items."""

    order_id = _id_field(_("Enter the order ID."))
    order_by = forms.CharField(required=False)

    field_order = ("customer_id", "order_id")

    @property
    def is_asked(self) -> bool:
        """Whether the request looks up an order or narrows a list."""
        return any(self.data.get(name, "").strip() for name in ("customer_id", "order_id", LIST_PARAMS))

    @property
    def is_as_received(self) -> bool:
        """Whether to leave the items in the order in which they came."""
        return all(self.data.get(name) == value for name, value in AS_RECEIVED.items())

    def clean_order_id(self) -> str:
        return self._usable("order_id")

    def clean_order_by(self) -> str:
        """`field:direction` (docs/api-reference.md#query-parameters)."""
        order_by: str = self.cleaned_data["order_by"]
        if order_by and not _ORDER_BY.fullmatch(order_by):
            raise forms.ValidationError(
                _("This link asks for a sort order that does not exist. Choose another one on the page.")
            )
        return order_by

    def clean(self) -> None:
        """Refuse filters that are not offered: each value would be one more page to fetch and to cache."""
        given = {name: value for name in FILTER_NAMES if (value := self._filter(name))}
        if not given.keys() <= set(settings.ERC_FILTERS):
            self.add_error(
                None,
                _("This link filters the list in a way the portal does not offer. Search for the order again."),
            )
        elif any(len(value) > _MAX_FILTER or _CONTROL.search(value) for value in given.values()):
            self.add_error(
                None, _("A filter is too long or contains a character that isn’t allowed. Check what was typed.")
            )

    def _filter(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()

    def query(self) -> ItemsQuery:
        """Build the API's query. Only for a valid form."""
        filters = {name: value for name in FILTER_NAMES if (value := self._filter(name))}
        return ItemsQuery(
            customer_id=self.cleaned_data["customer_id"],
            order_id=self.cleaned_data["order_id"],
            limit=self._limit,
            order_by=self.cleaned_data["order_by"] or None,
            cursor=self.cleaned_data["cursor"] or None,
            **filters,
        )
