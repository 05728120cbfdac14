"""Numbers, timestamps, statuses and JSON of any shape, as the reference allows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.json_text import Raw
from tests.fuzz.texts import words

NOW = datetime(2026, 11, 26, 12, 16, 50, 78_000, tzinfo=UTC)
"""What time it is in these tests: what is late or silent depends on it, and an example is to stay the same."""

STATUSES = (
    *("UNKNOWN", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP", "PICKED_UP", "CONFIRMED", "IN_TRANSIT"),
    *("OUT_FOR_DELIVERY", "DELIVERED", "FAILURE"),
    *(
        "HELD_AT_CUSTOMS",
        "in_transit",
        "Delivered",
        "out-for-delivery",
        "Ready for pickup",
        "",
        " ",
        "ＤＥＬＩＶＥＲＥＤ",
    ),
)
CURRENCIES = (
    "EUR",
    "USD",
    "JPY",
    "KWD",
    "CLF",
    "BRL",
    "eur",
    "PTS",
    "XXX",
    "XTS",
    "978",
    "€",
    "R$",
    "kr.",
    "",
    "?",
)
AMOUNTS = (
    *("0", "-0", "-0.00", "0.1", "10.10", "10", "1234567.891", "-12.5", "12345678901234567.89", "0.00000001"),
    *("1e3", "1E-7", "1.50e+2", "100000000000000000000000000000", "99999999999999999999999999999999999999.99"),
)
COUNTS = ("1", "2", "3", "0", "100", "-1", "1000000", "2.0", "0.5", "1.250", "1e2", "12345678901234567890")
NUMBERS = (
    "1Z9",
    "#USPS 123456789",
    "1Z1, 1Z2; 1Z3",
    "N/A",
    "0",
    "-",
    "",
    "00340434161094042557 00340434161094042564",
)
OFFSETS = (0, 60, -480, 330, 845, -210, 1439)


@cache
def amounts() -> st.SearchStrategy[Raw]:
    """Money as a JSON number, digit for digit."""
    made = st.builds(
        "{}{}.{}".format,
        st.sampled_from(("", "-")),
        st.integers(0, 10**20),
        st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    )
    return (st.sampled_from(AMOUNTS) | made).map(Raw)


@cache
def counts() -> st.SearchStrategy[Raw]:
    """A number of units."""
    return (st.sampled_from(COUNTS) | st.integers(1, 100).map(str)).map(Raw)


@cache
def timestamps() -> st.SearchStrategy[str | Raw]:
    """A moment in one of the forms that come, most of them around now."""
    return st.one_of(
        st.builds(_moment, st.integers(-400, 60), st.sampled_from(_FORMS)), st.sampled_from(_ODD_MOMENTS)
    )


@cache
def json_values() -> st.SearchStrategy[Any]:
    """JSON of any shape."""
    leaves = st.none() | st.booleans() | words() | amounts()
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words(), inner, max_size=3),
        max_leaves=6,
    )


@cache
def custom_fields() -> st.SearchStrategy[dict[str, Any]]:
    """A JSON object with any keys."""
    return st.dictionaries(words(), json_values(), max_size=3)


def _moment(days: int, form: str) -> str | Raw:
    at = NOW + timedelta(days=days)
    if form == "seconds":
        return Raw(int(at.timestamp()))
    if form == "milliseconds":
        return Raw(int(at.timestamp() * 1000))
    if form == "day":
        return at.date().isoformat()
    if form == "midnight":
        return f"{at.date().isoformat()}T00:00:00Z"
    if form == "naive":
        return at.replace(tzinfo=None).isoformat()
    if form == "Z":
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return at.astimezone(timezone(timedelta(minutes=int(form)))).isoformat()


_FORMS = ("seconds", "milliseconds", "day", "midnight", "naive", "Z", *map(str, OFFSETS))
_ODD_MOMENTS = (
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-12:00", "9999-12-31"),
    *("1970-01-01T00:00:00Z", "2026-02-30", "2026-W48-4", "20261126", "20261126T101112Z", "2026-11-26T24:00:00Z"),
    *("2016-12-31T23:59:60Z", "2026-11-26 10:11:12", "tomorrow", "Thu, 26 Nov 2026 10:11:12 GMT", "", " "),
    *(Raw("0"), Raw("-1"), Raw("1.5e9"), Raw("1764000000.123"), Raw("99999999999999999999")),
)
