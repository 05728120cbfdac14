from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import pytest

from orders.erc.errors import BadRequest, ErcError, FieldProblem, InvalidResponse, Response, TimedOut, Unavailable
from orders.erc.responses import raise_for_status, raise_for_token_status, retry_after_seconds

Check = Callable[[Response], None]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        ("1", 1),
        (" 30 ", 30),
        ("3600", 3600),
        ("3601", 3600),
        ("9" * 5000, 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("²", None),
        ("99999999999999999999", 3600),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
    ],
)
def test_retry_after_is_read_as_seconds(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value) == seconds


@pytest.mark.parametrize(
    "check", [partial(raise_for_status, endpoint="items"), raise_for_token_status], ids=["api", "token"]
)
@pytest.mark.parametrize("status", [200, 201, 202, 203, 226, 299])
def test_answer_with_content_is_left_to_be_read(check: Check, status: int) -> None:
    check(Response(status, {"Content-Type": "application/json"}, b"{}"))


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "application/json",
        "application/json; charset=utf-8",
        "application/hal+json",
        "text/json",
        "text/plain; charset=UTF-8",
        "application/x-json",
        "application/octet-stream",
    ],
)
def test_content_type_that_may_be_json_is_left_to_be_read(kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}

    raise_for_status(Response(200, headers, b"{}"), "items")


@pytest.mark.parametrize(
    "kind", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "text/xml", "application/XML"]
)
@pytest.mark.parametrize("status", [200, 203])
def test_page_instead_of_json_is_refused_whatever_its_body_is(kind: str, status: int) -> None:
    with pytest.raises(InvalidResponse, match="items endpoint answered with a page") as caught:
        raise_for_status(Response(status, {"Content-Type": kind}, b"{}"), "items")

    assert caught.value.status == status


@pytest.mark.parametrize("status", [100, 199, 204, 205, 206, 300, 302, 304, 405, 409, 499])
def test_answer_without_content_of_its_own_is_refused(status: int) -> None:
    with pytest.raises(InvalidResponse, match=f"items endpoint answered {status}") as caught:
        raise_for_status(Response(status, {}, b'{"_embedded":{"items":[]}}'), "items")

    assert caught.value.status == status


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (408, TimedOut),
        (422, BadRequest),
        (500, Unavailable),
        (503, Unavailable),
        (504, TimedOut),
        (599, Unavailable),
    ],
)
def test_error_carries_what_the_upstream_said(status: int, kind: type[ErcError]) -> None:
    body = b'{"code":"4711","message":"No","description":"really","fields":[{"name":"limit"}]}'

    with pytest.raises(ErcError) as caught:
        raise_for_status(Response(status, {"Retry-After": "7"}, body), "items")

    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.upstream_message) == (status, "4711", "No really")
    assert (error.fields, error.retry_after) == ((FieldProblem("limit"),), 7)


def test_retry_after_is_read_as_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=90)

    seconds = retry_after_seconds(format_datetime(moment, usegmt=True))

    assert seconds is not None
    assert 85 < seconds <= 90
