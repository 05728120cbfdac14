from __future__ import annotations

import pytest

from orders.erc.errors import (
    BadRequest,
    CutShort,
    ErcError,
    InvalidResponse,
    NotAllowed,
    NotFound,
    RateLimited,
    TimedOut,
    Unavailable,
)
from orders.presenters.errors import stale_words, upstream_error


@pytest.mark.parametrize(
    ("error", "kind", "http_status", "can_retry", "retry_after"),
    [
        (BadRequest("x", status=400), "bad_request", 400, False, None),
        (NotFound("x", status=404), "not_found", 404, False, None),
        (NotAllowed("x", status=403), "not_allowed", 502, True, None),
        (RateLimited("x", status=429), "rate_limited", 429, True, 10),
        (RateLimited("x", status=429, retry_after=1.2), "rate_limited", 429, True, 2),
        (Unavailable("x"), "unavailable", 503, True, 5),
        (Unavailable("x", status=500), "unavailable", 503, True, 5),
        (Unavailable("x", status=503, retry_after=30), "unavailable", 503, True, 30),
        (TimedOut("x"), "unavailable", 504, True, 5),
        (InvalidResponse("x", status=200), "invalid_response", 502, True, None),
        (CutShort("x", status=200), "invalid_response", 502, True, None),
    ],
)
def test_error_has_its_kind_status_and_next_step(
    error: ErcError, kind: str, http_status: int, can_retry: bool, retry_after: int | None
) -> None:
    view = upstream_error(error, "/orders/?again", "reference-1")

    assert (view.kind, view.http_status, view.retry_after) == (kind, http_status, retry_after)
    assert view.retry_link == ("/orders/?again" if can_retry else "")
    assert view.title
    assert view.next_step
    assert view.reference == "reference-1"


def test_error_of_a_rate_limit_says_the_time() -> None:
    view = upstream_error(RateLimited("x", retry_after=3600), "/again", "r")

    assert view.retry_at is not None
    assert view.retry_at.iso


def test_upstreams_words_are_never_shown() -> None:
    error = InvalidResponse("internal words", status=200, code="C-1", upstream_message="upstream words")

    view = upstream_error(error, "/again", "r")

    assert "words" not in " ".join(map(str, view))


def test_each_reason_for_an_old_answer_has_its_words() -> None:
    reasons = [RateLimited("x"), TimedOut("x"), Unavailable("x"), InvalidResponse("x")]

    assert len({stale_words(reason) for reason in reasons}) == 4
