"""The rows of the dashboard about failures and endpoints; their numbers lead to the log, filtered alike."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from orders.admin.filters import route_names
from orders.admin.outcomes import outcome_name
from orders.connection_check.endpoints import route_name
from orders.models import AccessKind

if TYPE_CHECKING:
    from orders.admin.dashboard.figures import EndpointCalls, Kind


class OutcomeRow(NamedTuple):
    """One outcome in words and numbers; `share` is in percent of all look-ups."""

    name: str
    number: int
    link: str
    share: float = 0.0


class EndpointRow(NamedTuple):
    """One endpoint in words and numbers."""

    route: str
    name: str
    number: int
    link: str
    failed: int
    outcomes: tuple[OutcomeRow, ...]
    times: str


def error_rows(kinds: tuple[Kind, ...]) -> tuple[OutcomeRow, ...]:
    """Make a row for each kind of failed look-up."""
    return tuple(
        OutcomeRow(
            outcome_name(one.name),
            one.number,
            _link("accesslogentry", kind__exact=AccessKind.ITEMS, outcome=one.name),
            one.share,
        )
        for one in kinds
    )


def endpoint_rows(calls: tuple[EndpointCalls, ...]) -> tuple[EndpointRow, ...]:
    """Make a row for each endpoint."""
    milliseconds = gettext("ms")
    names = route_names()
    return tuple(
        EndpointRow(
            one.route,
            route_name(one.route, settings.ERC_PATHS),
            one.number,
            _link("apiexchange", endpoint=names.get(one.route, "")),
            one.failed,
            tuple(
                OutcomeRow(
                    outcome_name(outcome),
                    count,
                    _link("apiexchange", endpoint=names.get(one.route, ""), outcome=outcome),
                )
                for outcome, count in one.outcomes
            ),
            f"{one.times.p50} / {one.times.p95} {milliseconds}",
        )
        for one in calls
    )


def _link(model: str, **filters: str) -> str:
    """Link to the log from the day on in which the last 24 hours began."""
    since = {"from": (timezone.localtime() - timedelta(days=1)).date().isoformat()}
    given = {name: value for name, value in filters.items() if value}
    return f"{reverse(f'admin:orders_{model}_changelist')}?{urlencode({**given, **since})}"
