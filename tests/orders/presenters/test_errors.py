from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from orders.erc.errors import (
    BadRequest,
    CutShort,
    ErcError,
    FieldProblem,
    InvalidResponse,
    NotAllowed,
    NotFound,
    RateLimited,
    TimedOut,
    Unavailable,
)
from orders.presenters.errors import input_error, search_limited, stale_words, upstream_error

EVERY_KIND = [BadRequest, NotFound, NotAllowed, RateLimited, Unavailable, TimedOut, InvalidResponse, CutShort]


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


@pytest.mark.parametrize(
    ("retry_after", "said"),
    [
        (1, "Try again in 1 second."),
        (30, "Try again in 30 seconds."),
        (90, "Try again in 90 seconds."),
        (91, "Try again at the time below."),
    ],
)
def test_rate_limit_says_how_long_to_wait(retry_after: float, said: str) -> None:
    assert upstream_error(RateLimited("x", retry_after=retry_after), "/again", "r").next_step == said


def test_rate_limit_says_the_time_from_now() -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    view = upstream_error(RateLimited("x", retry_after=3600), "/again", "r")

    assert view.retry_at is not None
    waited = datetime.fromisoformat(view.retry_at.iso) - before
    assert timedelta(seconds=3600) <= waited <= timedelta(seconds=3660)


@pytest.mark.parametrize("error", [Unavailable("x", retry_after=30), TimedOut("x"), NotFound("x")])
def test_only_a_rate_limit_names_a_time(error: ErcError) -> None:
    assert upstream_error(error, "/again", "r").retry_at is None


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_upstreams_words_are_never_shown(kind: type[ErcError]) -> None:
    error = kind(
        "planted",
        status=400,
        code="planted",
        upstream_message="planted",
        fields=(FieldProblem("planted", "planted"),),
        correlation_id="planted",
    )

    view = upstream_error(error, "/again", "r")

    assert "planted" not in repr(view)
    assert "planted" not in stale_words(error)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_error_is_told_in_whole_sentences(kind: type[ErcError]) -> None:
    view = upstream_error(kind("x"), "/again", "r")

    assert "%(" not in repr(view)
    assert all(part.endswith(".") for part in (view.text, view.next_step))


def test_failure_of_the_order_system_and_its_absence_are_told_apart() -> None:
    failed = upstream_error(Unavailable("x", status=500), "/again", "r")
    absent = upstream_error(Unavailable("x"), "/again", "r")

    assert failed.title != absent.title


@pytest.mark.parametrize("kind", [NotAllowed, InvalidResponse])
def test_error_that_only_an_administrator_can_mend_sends_the_agent_there(kind: type[ErcError]) -> None:
    assert "administrator" in upstream_error(kind("x"), "/again", "r").next_step


def test_input_error_says_what_to_correct() -> None:
    view = input_error(("Enter the order ID.",))

    assert (view.kind, view.http_status, view.problems) == ("bad_request", 400, ("Enter the order ID.",))
    assert (view.retry_link, view.retry_after, view.reference) == ("", None, "")


def test_each_reason_for_an_old_answer_has_its_words() -> None:
    reasons = [RateLimited("x"), TimedOut("x"), Unavailable("x"), InvalidResponse("x")]

    assert len({stale_words(reason) for reason in reasons}) == 4


@pytest.mark.parametrize(
    ("retry_after", "said"), [(1, "Try again in 1 second."), (400, "Try again at the time below.")]
)
def test_search_over_the_limit_says_when_to_go_on(retry_after: int, said: str) -> None:
    view = search_limited(retry_after, "reference-1")

    assert (view.kind, view.http_status, view.retry_after) == ("rate_limited", 429, retry_after)
    assert (view.next_step, view.retry_link, view.reference) == (said, "", "reference-1")
    assert view.retry_at
    wait = datetime.fromisoformat(view.retry_at.iso) - datetime.now(UTC)
    assert abs(wait - timedelta(seconds=retry_after)) < timedelta(seconds=2)
    assert "by their IDs" in view.text
