from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from ercportal.logs import JsonFormatter, LineFormatter, WithoutQueryStrings, correlation_id


@pytest.fixture
def current_id() -> Iterator[str]:
    """A request that is being answered."""
    token = correlation_id.set("request-1")
    yield "request-1"
    correlation_id.reset(token)


def record(message: object, *args: object, **fields: Any) -> logging.LogRecord:
    made = logging.LogRecord("orders", logging.WARNING, "file.py", 1, message, args, None)
    vars(made).update(fields)
    return made


def filtered(message: object, *args: object, **fields: Any) -> logging.LogRecord:
    made = record(message, *args, **fields)
    assert WithoutQueryStrings().filter(made)
    return made


def failed(message: str) -> logging.LogRecord:
    try:
        raise ValueError(message)  # noqa: TRY301 - a record needs an exception that was raised
    except ValueError:
        return filtered("broken", exc_info=sys.exc_info())


@pytest.mark.parametrize(
    ("message", "args", "shown"),
    [
        ("GET /orders/?customer_id=planted HTTP/1.1", (), "GET /orders/?… HTTP/1.1"),
        ('"%s" %s', ("GET /orders/?customer_id=planted HTTP/1.1", 200), '"GET /orders/?… HTTP/1.1" 200'),
        ("%(path)s", ({"path": "/orders/?customer_id=planted"},), "/orders/?…"),
        ("from https://a.example/?a=planted to /b?b=planted", (), "from https://a.example/?… to /b?…"),
        ("GET /orders/?customer_id=O'planted HTTP/1.1", (), "GET /orders/?… HTTP/1.1"),
        ('GET /orders/?customer_id="planted HTTP/1.1', (), "GET /orders/?… HTTP/1.1"),
        ("nothing to hide, 100%", (), "nothing to hide, 100%"),
    ],
)
def test_query_strings_are_cut_out_of_messages(message: str, args: tuple[object, ...], shown: str) -> None:
    assert filtered(message, *args).getMessage() == shown


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("%d items", ("planted",)),
        ("%s and %s", ("planted",)),
        ("none", ("planted",)),
        ("%(a)s", ({"b": "planted"},)),
    ],
)
def test_message_whose_arguments_do_not_fit_is_kept_without_them(message: str, args: tuple[object, ...]) -> None:
    assert filtered(message, *args).getMessage() == message


def test_message_that_is_no_text_is_kept() -> None:
    assert filtered(ValueError("at /x?planted")).getMessage() == "at /x?…"


def test_correlation_id_of_the_request_is_added(current_id: str) -> None:
    assert vars(filtered("x"))["correlation_id"] == current_id


def test_correlation_id_that_was_given_is_kept(current_id: str) -> None:
    assert vars(filtered("x", correlation_id="another"))["correlation_id"] == "another"


def test_correlation_id_is_absent_outside_of_a_request() -> None:
    assert "correlation_id" not in vars(filtered("x"))


def test_json_line_has_the_time_the_place_and_the_own_fields() -> None:
    line = JsonFormatter().format(record("look-up failed", kind="not_found", status=404, created=1634991410.078))

    assert json.loads(line) == {
        "time": "2021-10-23T12:16:50.078+00:00",
        "level": "WARNING",
        "logger": "orders",
        "message": "look-up failed",
        "kind": "not_found",
        "status": 404,
    }


@pytest.mark.parametrize(
    "fields", [{"status": None}, {"code": ""}, {"request": "planted"}, {"server_time": "now"}]
)
def test_json_line_leaves_out_what_says_nothing_or_too_much(fields: dict[str, Any]) -> None:
    entry = json.loads(JsonFormatter().format(record("x", **fields)))

    assert entry.keys() == {"time", "level", "logger", "message"}


@pytest.mark.parametrize(("field", "kept"), [(0, 0), (False, False), (0.5, 0.5)])
def test_json_line_keeps_a_zero(field: object, kept: object) -> None:
    assert json.loads(JsonFormatter().format(record("x", field=field)))["field"] == kept


@pytest.mark.parametrize("text", ['two\nlines "quoted"', "نص", "\u2028", "\x1b[31m"])
def test_json_line_is_one_line_whatever_it_holds(text: str) -> None:
    line = JsonFormatter().format(record(text, field=object(), other=text))

    entry = json.loads(line)
    assert "\n" not in line
    assert (entry["message"], entry["other"]) == (text, text)


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter("%(message)s")], ids=["json", "line"])
def test_exception_is_written_without_query_strings(formatter: logging.Formatter) -> None:
    line = formatter.format(failed("at /orders/?" + "customer_id=" + "planted now"))

    assert "ValueError: at /orders/?… now" in line
    assert "planted" not in line.splitlines()[-1]


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter("%(message)s")], ids=["json", "line"])
def test_exception_is_written_without_credentials(formatter: logging.Formatter) -> None:
    line = formatter.format(failed("Invalid header value b'Bearer " + "planted-token'"))

    assert "Bearer …" in line
    assert "planted" not in line.splitlines()[-1].rpartition("ValueError")[2]


def test_line_has_the_own_fields_behind_the_message() -> None:
    line = LineFormatter("%(levelname)s %(message)s").format(record("look-up failed", kind="not_found", code=""))

    assert line == "WARNING look-up failed kind=not_found"


def test_line_has_the_exception_below_it() -> None:
    made = failed("why")
    made.kind = "broken"

    lines = LineFormatter("%(message)s").format(made).splitlines()

    assert (lines[0], lines[-1]) == ("broken kind=broken", "ValueError: why")
