"""The export of the access log: the rows of the filter, each once, no formula, and never unrecorded."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError
from django.test import Client

from orders.models import AccessLogEntry
from tests.orders.admin.test_logs import ACCESS
from tests.support.log_rows import NOW, entry, fields
from tests.support.staff import staff


@pytest.fixture
def supervisor(db: None) -> Client:
    """Someone who may read and export the access log."""
    return staff("supervisor")


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    """The rows of an export."""
    response: Any = client.get(f"{ACCESS}export/", query)
    assert response.status_code == 200
    assert response.streaming
    assert "attachment" in response["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_export_holds_the_rows_of_the_filter_and_is_recorded_once(supervisor: Client) -> None:
    for number in range(3):
        entry(order_id=f"O-{number}", agent="eve")
    entry(order_id="X")

    rows = exported(supervisor, agent="eve")

    (recorded,) = AccessLogEntry.objects.filter(surface="export")
    assert [row["order_id"] for row in rows] == ["O-2", "O-1", "O-0"]
    assert (recorded.agent, recorded.note) == ("a-supervisor", "access log, filter: agent=eve")


def test_export_of_many_rows_has_each_once(supervisor: Client) -> None:
    row = fields(entry(order_id="O-first"))
    AccessLogEntry.objects.bulk_create(
        [
            AccessLogEntry(**{**row, "order_id": f"O-{n}", "at": NOW - timedelta(seconds=n // 3)})
            for n in range(5001)
        ]
    )

    ids = [one["order_id"] for one in exported(supervisor, q="C-1")]

    assert len(ids) == len(set(ids)) == 5002


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " =", "\xa0@"])
def test_export_holds_no_formula(supervisor: Client, start: str) -> None:
    entry(customer_id=f"{start}HYPERLINK(1)", agent=f"{start}x")

    (row,) = exported(supervisor, until="2026-06-01")

    assert row["customer_id"] == f"'{start}HYPERLINK(1)"
    assert row["agent"] == f"'{start}x"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("hidden", ["x;=cmd|'/c calc'!A0;", "x\t@SUM(1)\t", 'x";"+1', "x\n-1\n", "x; \xa0\uff1d1"])
def test_export_holds_no_formula_whichever_way_it_is_split(
    supervisor: Client, hidden: str, delimiter: str
) -> None:
    entry(customer_id=hidden, order_id=hidden, agent=hidden, host=hidden, note=hidden)
    response: Any = supervisor.get(f"{ACCESS}export/")
    text = b"".join(response.streaming_content).decode()

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    assert len(text) > 5 * len(hidden)
    assert not [cell for row in rows for cell in row if cell.strip('" \xa0')[:1] in ("=", "+", "-", "@", "\uff1d")]


def test_export_has_every_cell_in_quotes(supervisor: Client) -> None:
    entry(customer_id="C, 1")
    response: Any = supervisor.get(f"{ACCESS}export/")

    titles, line = b"".join(response.streaming_content).decode().splitlines()[::2]

    assert titles.startswith('"at","surface","agent",')
    assert ',"C, 1","O-1","1","ok","",' in line


def test_export_that_cannot_be_recorded_is_not_made(supervisor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(order_id="O-planted")

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    response = supervisor.get(f"{ACCESS}export/")

    assert response.status_code == 503
    assert b"O-planted" not in response.content


@pytest.mark.parametrize("query", ["nonsense=1", "at__year=x"])
def test_export_of_a_filter_that_cannot_be_leads_to_the_list(supervisor: Client, query: str) -> None:
    response = supervisor.get(f"{ACCESS}export/?{query}")

    assert (response.status_code, response["Location"]) == (302, ACCESS)
    assert not AccessLogEntry.objects.exists()


def test_export_needs_its_own_permission(supervisor: Client) -> None:
    group = Group.objects.get(name="supervisor")
    group.permissions.remove(group.permissions.get(codename="export_accesslogentry"))

    assert supervisor.get(f"{ACCESS}export/").status_code == 403
    assert b"export/" not in supervisor.get(ACCESS).content
    assert not AccessLogEntry.objects.exists()


def test_export_tells_the_kind_and_the_digest_of_a_search(supervisor: Client) -> None:
    entry()
    entry(kind="search_email", digest="a" * 64, items=3, agent="eve", host="zd", proof="told")

    search, look_up = exported(supervisor, until="2026-06-01")

    assert (search["kind"], search["digest"], search["items"]) == ("search_email", "a" * 64, "3")
    assert (look_up["kind"], look_up["digest"]) == ("items", "")
    assert (search["host"], search["proof"], look_up["proof"]) == ("zd", "told", "")


def test_export_of_a_search_by_text_is_recorded_without_the_text(supervisor: Client) -> None:
    entry(kind="search_email", digest="a" * 64, agent="eve")
    entry()

    rows = exported(supervisor, digest="a" * 64)

    assert [row["agent"] for row in rows] == ["eve"]
    assert AccessLogEntry.objects.get(surface="export").note == f"access log, filter: digest={'a' * 64}"
