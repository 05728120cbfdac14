"""How the last day went: look-ups, errors by kind, times, the share from the cache, token fetches."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from orders.models import AccessLogEntry, ApiExchange, Source, Surface
from orders.tolerant_cache import shared_cache

_HOURS = 24
_KEPT_SECONDS = 60
# Percentiles of the newest are those of the day for all that anybody reads from them, at a bounded cost.
_MOST_DURATIONS = 5000


class Hour(NamedTuple):
    """One hour: when it began (in the zone of the site), its look-ups, and how many of them failed."""

    label: str
    look_ups: int
    failed: int


class Times(NamedTuple):
    """Percentiles in milliseconds; None where nothing was measured."""

    p50: int | None
    p95: int | None


class Day(NamedTuple):
    """The last 24 hours. Shares are in percent; `errors` are kinds with their counts, most first.

    `sample` is the share of successful exchanges that is recorded, in percent: below 100, `upstream` and
    `token_fetches` are those of the sample.
    """

    hours: tuple[Hour, ...]
    look_ups: int
    failed_share: float
    errors: tuple[tuple[str, int], ...]
    cached_share: float
    stale: int
    pages: Times
    upstream: Times
    token_fetches: int
    sample: int


def last_day() -> Day:
    """The figures, at most a minute old."""
    kept: Day | None = shared_cache.get("dashboard")
    if kept is None:
        kept = _counted(datetime.now(UTC))
        shared_cache.set("dashboard", kept, _KEPT_SECONDS)
    return kept


def _counted(now: datetime) -> Day:
    since = now - timedelta(hours=_HOURS)
    views = AccessLogEntry.objects.filter(at__gte=since).exclude(surface=Surface.EXPORT)
    by_hour: Counter[tuple[datetime, bool]] = Counter()
    outcomes: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    groups = views.annotate(hour=TruncHour("at", tzinfo=UTC)).order_by()
    for hour, outcome, source, count in groups.values_list("hour", "outcome", "source").annotate(n=Count("id")):
        by_hour[hour, outcome == "ok"] += count
        outcomes[outcome] += count
        sources[source] += count
    total, shown = outcomes.total(), outcomes["ok"]
    exchanges = ApiExchange.objects.filter(at__gte=since)
    return Day(
        hours=tuple(_hour(now - timedelta(hours=back), by_hour) for back in reversed(range(_HOURS))),
        look_ups=total,
        failed_share=_percent(total - shown, total),
        errors=tuple((kind, count) for kind, count in outcomes.most_common() if kind != "ok"),
        cached_share=_percent(sources[Source.CACHED], shown),
        stale=sources[Source.STALE],
        pages=_times(views),
        upstream=_times(exchanges.exclude(token="")),
        token_fetches=exchanges.filter(token="", outcome="ok").count(),
        sample=round(settings.API_EXCHANGE_SAMPLE * 100),
    )


def _hour(moment: datetime, counts: Counter[tuple[datetime, bool]]) -> Hour:
    start = moment.replace(minute=0, second=0, microsecond=0)
    failed = counts[start, False]
    return Hour(timezone.localtime(start).strftime("%H:%M"), counts[start, True] + failed, failed)


def _times(rows: QuerySet[AccessLogEntry] | QuerySet[ApiExchange]) -> Times:
    durations = sorted(rows.order_by("-at", "-id").values_list("duration_ms", flat=True)[:_MOST_DURATIONS])
    if not durations:
        return Times(None, None)
    return Times(*(durations[min(len(durations) - 1, len(durations) * share // 100)] for share in (50, 95)))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
