"""Filters of the logs with typed values, because a list of all values would read the whole table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.admin.outcomes import OF_EXCHANGES, OF_LOOK_UPS
from orders.connection_check.endpoints import route_name
from orders.erc import OAUTH_ROUTE
from orders.models import Proof


class TypedFilter(admin.SimpleListFilter):
    """A filter whose value is typed; `input_type` is that of the HTML input."""

    template = "admin/orders/typed_filter.html"
    input_type = "text"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        """Return one choice, so that Django shows the filter; its words are not used."""
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Give the other filters, which this filter's form has to send along."""
        carried = [
            (name, value)
            for name, values in changelist.get_filters_params().items()
            if name != self.parameter_name
            for value in (values if isinstance(values, list) else [values])
        ]
        if changelist.query:
            carried.append(("q", changelist.query))
        yield {"carried": carried, "value": self.value() or "", "clear": self._without(changelist)}

    def _without(self, changelist: ChangeList) -> str:
        return changelist.get_query_string(remove=[cast("str", self.parameter_name)])


class AgentFilter(TypedFilter):
    """Accesses of one agent, by the exact name or id."""

    title = _("agent")
    parameter_name = "agent"

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(agent=(self.value() or "").strip()) if self.value() else queryset


class HostFilter(TypedFilter):
    """Accesses in the panel of one desktop, by its exact issuer or slug."""

    title = _("embed host")
    parameter_name = "host"

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(host=(self.value() or "").strip()) if self.value() else queryset


class ProofFilter(admin.SimpleListFilter):
    """Accesses in the panel by how the customer came to it."""

    title = _("how the customer came to the panel")
    parameter_name = "proof"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return list(Proof.choices)

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(proof=self.value()) if self.value() else queryset


class _DayFilter(TypedFilter):
    input_type = "date"

    def day(self) -> date | None:
        """Parse the typed day; None where it is none."""
        try:
            return date.fromisoformat(self.value() or "")
        except ValueError:
            return None


class FromFilter(_DayFilter):
    """Rows from the beginning of a day on."""

    title = _("from")
    parameter_name = "from"

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        day = self.day()
        return queryset.filter(at__gte=_beginning(day)) if day else queryset


class UntilFilter(_DayFilter):
    """Rows up to the end of a day."""

    title = _("until")
    parameter_name = "until"

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        day = self.day()
        if day is None or day == date.max:
            return queryset
        return queryset.filter(at__lt=_beginning(day + timedelta(days=1)))


def _beginning(day: date) -> datetime:
    try:
        return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone()).astimezone(UTC)
    except (OverflowError, ValueError):
        return datetime.combine(day, time.min, tzinfo=UTC)


class OutcomeFilter(admin.SimpleListFilter):
    """Accesses by their outcome; the kinds of error are few and known."""

    title = _("outcome")
    parameter_name = "outcome"
    names = OF_LOOK_UPS

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.names.items())

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(outcome=self.value()) if self.value() else queryset


class ExchangeOutcomeFilter(OutcomeFilter):
    """Exchanges by their outcome: the classes of `orders.erc.errors`."""

    names = OF_EXCHANGES


class EndpointFilter(admin.SimpleListFilter):
    """Exchanges with one endpoint, by its path in the settings of now."""

    title = _("endpoint")
    parameter_name = "endpoint"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, route_name(route, settings.ERC_PATHS)) for name, route in _routes().items()]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        route = _routes().get(self.value() or "")
        return queryset.filter(route=route) if route else queryset


def _routes() -> dict[str, str]:
    return {**settings.ERC_PATHS, "token": OAUTH_ROUTE}


def route_names() -> dict[str, str]:
    """Give the value of the endpoint's filter for each path."""
    return {route: name for name, route in _routes().items()}
