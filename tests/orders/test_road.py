"""The road of a look-up, from the view to the wire."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
import requests.adapters
from django.test import Client

from tests.support.pages import LOOKUP
from tests.support.stub_erc import StubErc

HERE = Path(__file__).resolve().parents[2]


def test_look_up_reaches_the_wire_by_ten_functions(
    browser: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    stacks: list[list[tuple[str, str]]] = []
    send = requests.adapters.HTTPAdapter.send

    def noted(*given: Any, **named: Any) -> requests.Response:
        frames = [(Path(frame.filename), frame.name) for frame in traceback.extract_stack()]
        own = [
            (str(path.relative_to(HERE)), name) for path, name in frames if path.is_relative_to(HERE / "orders")
        ]
        stacks.append(own)
        return send(*given, **named)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", noted)

    browser.get("/orders/", LOOKUP)

    road = stacks[-1]
    assert road[road.index(("orders/portal/views.py", "items")) :] == [
        ("orders/portal/views.py", "items"),
        ("orders/pages.py", "respond"),
        ("orders/lookup/service.py", "look_up"),
        ("orders/lookup/service.py", "list_order_items"),
        ("orders/lookup/item_pages.py", "get"),
        ("orders/erc/single_flight.py", "run"),
        ("orders/lookup/item_pages.py", "_fetch"),
        ("orders/erc/client.py", "list_order_items"),
        ("orders/erc/endpoint.py", "call"),
        ("orders/erc/transport.py", "send"),
    ]
