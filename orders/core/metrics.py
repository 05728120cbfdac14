"""Metrics for Prometheus. Labels name routes, kinds and outcomes, never a customer or an agent."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

registry = CollectorRegistry()
requests = Counter("portal_requests", "Requests answered", ["method", "route", "status"], registry=registry)
request_seconds = Histogram(
    "portal_request_seconds", "Time to answer a request", ["route"], buckets=_SECONDS, registry=registry
)
look_ups = Counter(
    "portal_look_ups", "Views of customer data", ["surface", "outcome", "source"], registry=registry
)
order_lists = Counter(
    "portal_order_lists", "Views of a customer's orders", ["surface", "outcome", "source"], registry=registry
)
searches = Counter(
    "portal_searches", "Searches by what a caller says", ["surface", "kind", "outcome"], registry=registry
)
look_up_seconds = Histogram(
    "portal_look_up_seconds", "Time of a look-up", ["surface"], buckets=_SECONDS, registry=registry
)
exchanges = Counter("portal_api_exchanges", "Calls of the API", ["route", "outcome"], registry=registry)
attempts = Counter("portal_api_attempts", "Attempts at calls of the API", ["route", "outcome"], registry=registry)
attempt_seconds = Histogram(
    "portal_api_attempt_seconds", "Time of an attempt", ["route"], buckets=_SECONDS, registry=registry
)

cache_memory_share = Gauge(
    "portal_cache_memory_share",
    "Share of its memory that the shared cache uses, as measured last; 0 where it has no limit",
    multiprocess_mode="mostrecent",
    registry=registry,
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a finished request; `route` is a template."""
    requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
    request_seconds.labels(route).observe(seconds)


def count_look_up(surface: str, outcome: str, source: str, seconds: float) -> None:
    """Count an access to customer data, or an attempt at one."""
    look_ups.labels(surface, outcome, source).inc()
    look_up_seconds.labels(surface).observe(seconds)


def count_order_list(surface: str, outcome: str, source: str) -> None:
    """Count a view of a customer's orders, or an attempt at one."""
    order_lists.labels(surface, outcome, source).inc()


def count_search(surface: str, kind: str, outcome: str) -> None:
    """Count a search that has ended, or was refused."""
    searches.labels(surface, kind, outcome).inc()


def exposition() -> bytes:
    """Give all metrics in Prometheus's format; of all processes where PROMETHEUS_MULTIPROC_DIR is set."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        every = CollectorRegistry()
        multiprocess.MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        return generate_latest(every)
    return generate_latest(registry)
