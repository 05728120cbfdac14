from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.log_format import (
    JsonFormatter,
    LineFormatter,
    WithoutQueryStrings,
    WithoutRequestLines,
    guard_server_logs,
)
from orders.core.request import correlation_id
from tests.support.log_lines import Lines

TOKEN = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImhzIn0.eyJpc3MiOiJkZXNrIn0.c2lnbmVkLXBsYW50ZWQ"


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
        ("no e-mail for %r", ("erika.planted+x@mail.example.org",), "no e-mail for '…'"),
        ("<müller@planted.example>, a@b, x @ y.z", (), "<…>, a@b, x @ y.z"),
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


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (f'"GET /embed/{TOKEN} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /embed//{TOKEN} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /embed{TOKEN.lower()} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /Embed/launch/{TOKEN.upper()} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /embed%2F{TOKEN[:9]} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /embed&token={TOKEN[:9]} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /embed/launch;token={TOKEN[:9]} HTTP/1.1" 404', '"GET /embed/… HTTP/1.1" 404'),
        (f'"GET /orders/{TOKEN} HTTP/1.1" 404', '"GET /orders/… HTTP/1.1" 404'),
        (f'"GET /embed/?token={TOKEN} HTTP/1.1" 404', '"GET /embed/?… HTTP/1.1" 404'),
        ('"POST /embed/launch HTTP/1.1" 200', '"POST /embed/launch HTTP/1.1" 200'),
        ('"GET /embed/orders/?x=1 HTTP/1.1" 200', '"GET /embed/orders/?… HTTP/1.1" 200'),
        ('"GET /embed HTTP/1.1" 301', '"GET /embed HTTP/1.1" 301'),
        ('"GET /admin/orders/embedhost/ HTTP/1.1" 200', '"GET /admin/orders/embedhost/ HTTP/1.1" 200'),
    ],
)
def test_address_of_the_panel_is_cut_behind_what_is_known(message: str, shown: str) -> None:
    assert filtered(message).getMessage() == shown


@pytest.mark.parametrize(
    "path",
    [
        f"/embed/{TOKEN}",
        f"/embed//{TOKEN}",
        f"/EMBED/{TOKEN.lower()}",
        f"/embed{TOKEN}",
        f"/embed/launch/{TOKEN[:12]}",
        f"/{TOKEN[:30]}",
        f"/orders/{TOKEN[:30]}",
        f"/x%0A/{TOKEN[:30]}",
        f"/%C3%A9/{TOKEN[:30]}",
        f"/embed%3Ftoken={TOKEN[:30]}",
        f"/admin/{TOKEN[:30]}",
        f"/login/{TOKEN[:30]}",
    ],
)
def test_mistyped_address_is_logged_without_what_was_typed(
    client: Client, settings: Settings, log: Lines, path: str
) -> None:
    settings.EMBED_HOSTS = []

    client.get(path)

    assert log.lines
    assert not [line for line in log.lines if TOKEN[:9].lower() in line.lower()]


def test_page_that_is_none_is_logged_by_its_first_part(client: Client, log: Lines) -> None:
    client.get("/static/nothing-here.css")
    client.get("/Zoë/x")

    assert log.entries("Not Found: /static/…")
    assert log.entries("Not Found: /…")


def test_page_that_is_refused_is_logged_by_its_route(client: Client, log: Lines) -> None:
    client.get("/metrics")
    client.get("/embed/launch")

    assert log.entries("Not Found: /metrics")
    assert log.entries("Method Not Allowed (GET): /embed/launch")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            f"Invalid request from ip=10.0.0.1: Invalid HTTP request line: 'GET /embed/?token={TOKEN}'",
            "Invalid request from ip=10.0.0.1: Invalid HTTP request line …",
        ),
        (
            f"Invalid request from ip=::1: Invalid HTTP Header: 'x {TOKEN[:9]}'",
            "Invalid request from ip=::1: Invalid HTTP Header …",
        ),
        (
            f"Invalid request from ip=: Invalid HTTP method: 'C-1001 {TOKEN[:9]}'",
            "Invalid request from ip=: Invalid HTTP method …",
        ),
        (f"Error handling request GET /orders/C-1/{TOKEN[:9]}?a=b", "Error handling request GET …"),
        (f"Error handling request /orders/C-1/{TOKEN[:9]}?a=b", "Error handling request …"),
        ("Error handling request (no URI read)", "Error handling request …"),
        (f"[26/Nov/2026] GET /embed/{TOKEN[:9]} 404 1", "[26/Nov/2026] GET /embed/… 404 1"),
        ("Booting worker with pid: 7", "Booting worker with pid: 7"),
    ],
)
def test_server_tells_nothing_of_what_a_client_sent(message: str, shown: str) -> None:
    made = record(message)

    assert WithoutRequestLines().filter(made)
    assert made.getMessage() == shown


@pytest.mark.parametrize("name", ["gunicorn.error", "gunicorn.access"])
def test_logs_of_the_server_are_guarded_once(name: str) -> None:
    server = logging.getLogger(name)
    before = list(server.filters)
    try:
        guard_server_logs()
        guard_server_logs()

        assert sum(isinstance(one, WithoutRequestLines) for one in server.filters) == 1
    finally:
        server.filters[:] = before


def test_field_of_a_line_is_written_without_query_strings_and_credentials() -> None:
    line = JsonFormatter().format(record("x", reason=f"at /orders/?customer_id=planted with {TOKEN}", number=7))

    assert json.loads(line)["reason"] == "at /orders/?… with …"
    assert json.loads(line)["number"] == 7


def test_email_address_that_a_field_or_an_exception_quotes_is_taken_out(current_id: str) -> None:
    broken = failed("cannot send to planted@mail.example.org")
    broken.reason = "planted@mail.example.org is unknown"

    lines = JsonFormatter().format(broken), LineFormatter("%(message)s").format(broken)

    assert all("planted" not in line and "…" in line for line in lines)


def test_long_text_is_searched_for_addresses_in_linear_time() -> None:
    assert filtered("a." * 500_000).getMessage() == "a." * 500_000
    assert filtered("a@" * 200_000).getMessage() == "a@" * 200_000
