"""Figures of the last day: look-ups, errors by kind, times, the share from the cache, token fetches, searches."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from orders.audit.searches import LIMITED
from orders.models import AccessKind, AccessLogEntry, ApiExchange, Source, Surface

_HOURS = 24
_KEPT_SECONDS = 60
_KEY = "dashboard"


class Times(NamedTuple):
    """Percentiles in milliseconds; None where nothing was measured."""

    p50: int | None
    p95: int | None


class Hour(NamedTuple):
    """One hour: its beginning (in the site's zone), its look-ups, and the outcomes of these and of exchanges."""

    label: str
    look_ups: int
    failed: int
    cached: int
    pages: Times
    upstream: Times
    token_fetches: int


class Kind(NamedTuple):
    """A kind of error, its number, and its share of all look-ups."""

    name: str
    number: int
    share: float


class EndpointCalls(NamedTuple):
    """The calls of one endpoint: their number, the failed ones with a number for each outcome, and the times."""

    route: str
    number: int
    failed: int
    outcomes: tuple[tuple[str, int], ...]
    times: Times


class Day(NamedTuple):
    """The last 24 hours. Shares are in percent; `errors` come most first.

    `sample` is the share of successful exchanges that is recorded, in percent: below 100, `upstream`,
    `token_fetches` and the successes of `endpoints` are those of the sample. The busiest endpoint comes first.
    Searches are no look-ups, and the refused ones are counted apart.
    """

    hours: tuple[Hour, ...]
    look_ups: int
    failed_share: float
    errors: tuple[Kind, ...]
    cached_share: float
    stale: int
    pages: Times
    upstream: Times
    token_fetches: int
    sample: int
    searches: int
    searches_limited: int
    endpoints: tuple[EndpointCalls, ...]


def last_day() -> Day:
    """Give the figures, at most a minute old."""
    try:
        return msgspec.convert(cache.get(_KEY), Day)
    except msgspec.ValidationError:
        # The cache is empty, or has figures of another shape.
        day = _count(datetime.now(UTC))
    cache.set(_KEY, msgspec.to_builtins(day), _KEPT_SECONDS)
    return day


def _count(now: datetime) -> Day:
    since = now - timedelta(hours=_HOURS)
    views = AccessLogEntry.objects.filter(at__gte=since, surface__in=Surface.look_ups(), kind=AccessKind.ITEMS)
    searches = AccessLogEntry.objects.filter(at__gte=since, kind__in=AccessKind.searches())
    exchanges = ApiExchange.objects.filter(at__gte=since)
    outcomes, sources = _tally(views, "outcome"), _tally(views, "source")
    pages, upstream = _tally(views, "duration_ms"), _tally(exchanges.exclude(token=""), "duration_ms")
    fetches = _tally(exchanges.filter(token="", outcome="ok"), "outcome")
    starts = [_hour(now - timedelta(hours=back)) for back in reversed(range(_HOURS))]
    kinds, origins = _whole(outcomes), _whole(sources)
    total, shown = kinds.total(), kinds["ok"]
    return Day(
        hours=tuple(
            Hour(
                label=timezone.localtime(start).strftime("%H:%M"),
                look_ups=outcomes[start].total(),
                failed=outcomes[start].total() - outcomes[start]["ok"],
                cached=sources[start][Source.CACHED],
                pages=_times(pages[start]),
                upstream=_times(upstream[start]),
                token_fetches=fetches[start].total(),
            )
            for start in starts
        ),
        look_ups=total,
        failed_share=_percent(total - shown, total),
        errors=tuple(
            Kind(kind, count, _percent(count, total)) for kind, count in kinds.most_common() if kind != "ok"
        ),
        cached_share=_percent(origins[Source.CACHED], shown),
        stale=origins[Source.STALE],
        pages=_times(_whole(pages)),
        upstream=_times(_whole(upstream)),
        token_fetches=_whole(fetches).total(),
        sample=round(settings.API_EXCHANGE_SAMPLE * 100),
        searches=searches.exclude(outcome=LIMITED).count(),
        searches_limited=searches.filter(outcome=LIMITED).count(),
        endpoints=_by_endpoint(exchanges),
    )


def _by_endpoint(exchanges: QuerySet[ApiExchange]) -> tuple[EndpointCalls, ...]:
    outcomes, durations = _tally_routes(exchanges, "outcome"), _tally_routes(exchanges, "duration_ms")
    calls = (
        EndpointCalls(
            route,
            counts.total(),
            counts.total() - counts["ok"],
            tuple((outcome, count) for outcome, count in counts.most_common() if outcome != "ok"),
            _times(durations[route]),
        )
        for route, counts in outcomes.items()
    )
    return tuple(sorted(calls, key=lambda one: (-one.number, one.route)))


def _tally_routes(rows: QuerySet[ApiExchange], field: str) -> Mapping[str, Counter[Any]]:
    """Count the values of a field at each route."""
    found: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for route, value, count in rows.order_by().values_list("route", field).annotate(n=Count("id")):
        found[route][value] = count
    return found


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _tally(rows: QuerySet[AccessLogEntry] | QuerySet[ApiExchange], field: str) -> Mapping[datetime, Counter[Any]]:
    """Count the values of a field in each hour."""
    # The database counts by milliseconds, which are far fewer than rows, so that percentiles include every row.
    groups = rows.annotate(hour=TruncHour("at", tzinfo=UTC)).order_by().values_list("hour", field)
    found: defaultdict[datetime, Counter[Any]] = defaultdict(Counter)
    for hour, value, count in groups.annotate(n=Count("id")):
        found[hour][value] = count
    return found


def _whole(hours: Mapping[datetime, Counter[Any]]) -> Counter[Any]:
    return sum(hours.values(), Counter[Any]())


def _times(durations: Counter[int]) -> Times:
    if not durations:
        return Times(None, None)
    return Times(_percentile(durations, 50), _percentile(durations, 95))


def _percentile(durations: Counter[int], percent: int) -> int:
    """Give the smallest duration that so many percent do not exceed."""
    left = math.ceil(durations.total() * percent / 100)
    for duration in sorted(durations):
        left -= durations[duration]
        if left <= 0:
            return duration
    return max(durations)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
