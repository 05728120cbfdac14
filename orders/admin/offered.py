"""Limits a list's address to the filters that the list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
else:
    _Base = object

# No searchable value is longer, and each word of a search adds a condition to the database's query.
_MAX_SEARCH = 512


class OfferedFiltersOnly(_Base):
    """Restricts a ModelAdmin, which would accept any look-up of a field from an address.

    Such look-ups could read a hidden column letter by letter, or block the database by a regular expression, and
    an impossible value would be an error of the portal.
    """

    def lookup_allowed(self, lookup: str, _value: Any, request: HttpRequest | None = None) -> bool:
        """Whether one of the list's own filters has this parameter."""
        return request is not None and lookup in self._filter_parameters(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as Django does; find nothing for a text that is too long for any row."""
        if len(search_term) > _MAX_SEARCH:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *_: Any, **__: Any
    ) -> HttpResponse | None:
        """Run an action on the chosen rows. Raises BadRequest for keys that no row can have."""
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(key, None)
        except ValidationError:
            raise BadRequest("a row is chosen whose key cannot be") from None
        return super().response_action(request, queryset)

    def _filter_parameters(self, request: HttpRequest) -> set[str]:
        parameters: set[str] = set()
        for one in self.get_list_filter(request):
            if isinstance(one, str):
                field = get_fields_from_path(self.model, one)[-1]
                spec = admin.FieldListFilter.create(field, request, {}, self.model, self, field_path=one)
                parameters.update(name for name in spec.expected_parameters() if name)
            elif isinstance(one, type) and issubclass(one, admin.SimpleListFilter):
                parameters.add(str(one.parameter_name))
        return parameters
