from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from orders.erc.responses import retry_after_seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        ("1", 1),
        (" 30 ", 30),
        ("3600", 3600),
        ("99999999999999999999", 3600),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
    ],
)
def test_retry_after_is_read_as_seconds(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value) == seconds


def test_retry_after_is_read_as_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=90)

    seconds = retry_after_seconds(format_datetime(moment, usegmt=True))

    assert seconds is not None
    assert 85 < seconds <= 90
