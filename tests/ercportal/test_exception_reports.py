from __future__ import annotations

import uuid

import pytest

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
