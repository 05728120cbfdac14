"""The forms of a customer's list of orders: of a link to it, and of the number that narrows it.

A number is what a caller says, so the form that narrows is posted. But the list that it leads to has to be a page
of its own, which can be reloaded, come back to and gone on with: so its links carry the number sealed.
"""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.core.sealing import seal, unseal
from orders.erc.query import CustomerOrdersQuery
from orders.lookup.find.cleaning import clean
from orders.lookup.forms import UNKNOWN_CURSOR, ListForm
from orders.lookup.paging import is_expected_cursor

NARROWED = "narrowed"
"""The parameter of a link for the sealed number."""

MAX_SEARCH = 100

_PURPOSE = "narrowed-orders"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def seal_search(search: str) -> str:
    """Seal the number that narrows a list, for its links."""
    return seal(search.encode(), _PURPOSE)


class CustomerForm(ListForm):
    """A page of a customer's orders, as a link asks for it."""

    narrowed = forms.CharField(required=False)

    def clean_narrowed(self) -> str:
        """Open the sealed number; empty where the list is not narrowed."""
        sealed: str = self.cleaned_data[NARROWED]
        search = unseal(sealed, _PURPOSE) if sealed else b""
        if search is None:
            raise forms.ValidationError(
                _("The link to this filtered list did not come from the portal. Filter the list again.")
            )
        return search.decode()

    def clean(self) -> None:
        """Refuse a cursor that the list did not lead on to: it could be one of another customer's list."""
        if not self.errors and not is_expected_cursor(self.query(), self.state):
            self.add_error("cursor", UNKNOWN_CURSOR)

    def query(self) -> CustomerOrdersQuery:
        """Build the API's query. Only for a valid form."""
        return CustomerOrdersQuery(
            customer_id=self.cleaned_data["customer_id"],
            search=self.cleaned_data[NARROWED] or None,
            limit=self._limit,
            cursor=self.cleaned_data["cursor"] or None,
        )


class NarrowForm(ListForm):
    """A number that narrows a customer's orders from their first page on; an empty one shows all of them."""

    search = forms.CharField(
        required=False,
        max_length=MAX_SEARCH,
        error_messages={
            "max_length": _("This order number is too long. Check what was typed."),
            "null_characters_not_allowed": _("This order number contains a character that isn’t allowed."),
        },
    )

    def clean_search(self) -> str:
        """Clean the number as the find box does, and leave the sign before it away."""
        search: str = self.cleaned_data["search"]
        if _CONTROL.search(search):
            raise forms.ValidationError(_("This order number contains a character that isn’t allowed."))
        return clean(search).lstrip("#").strip()

    def query(self) -> CustomerOrdersQuery:
        """Build the API's query. Only for a valid form."""
        return CustomerOrdersQuery(
            customer_id=self.cleaned_data["customer_id"],
            search=self.cleaned_data["search"] or None,
            limit=self._limit,
        )
