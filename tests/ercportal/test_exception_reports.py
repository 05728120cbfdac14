from __future__ import annotations

import uuid

import pytest
from django.test import RequestFactory

from ercportal.exception_reports import Report


def fail(customer_id: str) -> None:
    raise RuntimeError(f"no way to https://api.example/items?customer_id={customer_id}")


def test_report_cuts_the_query_string_that_a_message_quotes() -> None:
    # Drawn, because the report shows the lines of this file.
    customer_id = uuid.uuid4().hex
    with pytest.raises(RuntimeError) as caught:
        fail(customer_id)
    report = Report(None, caught.type, caught.value, caught.tb)

    html, text = report.get_traceback_html(), report.get_traceback_text()

    assert customer_id not in html
    assert customer_id not in text
    assert "https://api.example/items?…" in text


def search(q: str) -> None:
    email, phone, name = q, q, q
    raise RuntimeError(f"{len(email + phone + name)} signs were searched for")


def test_report_shows_neither_what_was_posted_nor_what_variables_hold(rf: RequestFactory) -> None:
    # Drawn, because the report shows the lines of this file.
    text = uuid.uuid4().hex
    request = rf.post(
        "/find/", {"q": text, "email": text}, headers={"Referer": f"https://portal.example/?q={text}"}
    )
    with pytest.raises(RuntimeError) as caught:
        search(text)
    report = Report(request, caught.type, caught.value, caught.tb)

    html, plain = report.get_traceback_html(), report.get_traceback_text()

    assert "signs were searched for" in plain
    assert text not in html
    assert text not in plain


def test_report_takes_out_the_email_address_that_a_message_quotes() -> None:
    address = f"{uuid.uuid4().hex}@mail.example.org"
    with pytest.raises(ValueError, match="no customer") as caught:
        raise ValueError(f"no customer has {address}")
    report = Report(None, caught.type, caught.value, caught.tb)

    html, plain = report.get_traceback_html(), report.get_traceback_text()

    assert address not in html
    assert address not in plain
