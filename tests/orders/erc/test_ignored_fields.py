from __future__ import annotations

import json
import time

from orders.erc.ignored_fields import ignored_fields
from tests.stub_erc import item, page


def test_ignored_fields_of_a_large_page_are_found_at_once() -> None:
    deliveries = [{"id": f"d{number}", "drone": 1} for number in range(20)]
    body = json.dumps(page(*(item(f"i{number}", deliveries=deliveries) for number in range(500)))).encode()
    started = time.perf_counter()

    found = ignored_fields(body)

    assert found[:2] == ("items[0].deliveries[0].drone", "items[0].deliveries[1].drone")
    assert time.perf_counter() - started < 1
