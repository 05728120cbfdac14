"""The search of the logs. Its text is posted, because it may be what a caller said, which no address may quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orders.lookup.search_digests import digests_of

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
else:
    _Base = object

_DIGESTS = "digest"
_BETWEEN_DIGESTS = "."
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MAX_DIGESTS = 50


class PostedSearch(_Base):
    """Searches a log in `exact_fields`, each by its index, and with `has_digests` by what agents searched for.

    The posted text leads to an address with its digests. Only the id of a row, which addresses hold anyway,
    becomes a part of one as it is.
    """

    # Any value makes Django show the box.
    search_fields = ("pk",)
    exact_fields: tuple[str, ...] = ()
    has_digests = False

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        return queryset.filter(self._condition(term)) if term else queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead a posted text to the page with its results."""
        if request.method != "POST" or SEARCH_VAR not in request.POST:
            return super().changelist_view(request, extra_context)
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.copy()
        for name in (SEARCH_VAR, PAGE_VAR, _DIGESTS):
            query.pop(name, None)
        query.update(self._address_of(request, request.POST[SEARCH_VAR].strip()))
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)

    def _address_of(self, request: HttpRequest, text: str) -> dict[str, str]:
        """Give the parameters of the results."""
        if not text:
            return {}
        if self.model._default_manager.filter(self._exactly(text)).exists():
            return {SEARCH_VAR: text}
        if self.has_digests:
            return {_DIGESTS: _BETWEEN_DIGESTS.join(digests_of(text))}
        messages.warning(request, gettext("No row has exactly this id or code. These are all rows."))
        return {}

    def _condition(self, term: str) -> Q:
        exactly = self._exactly(term)
        return exactly | _by_digests(digests_of(term)) if self.has_digests else exactly

    def _exactly(self, term: str) -> Q:
        condition = Q()
        for field in self.exact_fields:
            condition |= Q(**{field: term})
        return condition


class SearchTextFilter(admin.SimpleListFilter):
    """Searches for a text that was typed, by its digests; shown only while it is used."""

    title = _("search text")
    parameter_name = _DIGESTS

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        given = self.value()
        return [(given, _("as typed into the search"))] if given else []

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        digests = (self.value() or "").split(_BETWEEN_DIGESTS, _MAX_DIGESTS)[:_MAX_DIGESTS]
        return queryset.filter(_by_digests([one for one in digests if _DIGEST.fullmatch(one)]))


def _by_digests(digests: list[str] | tuple[str, ...]) -> Q:
    # The index leaves out rows without a digest, which the first condition tells the database.
    return Q(digest__gt="", digest__in=digests)
