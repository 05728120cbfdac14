"""The road of a look-up, from the view to the wire."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
import requests.adapters
from django.test import Client

from tests.support.family import serve_family
from tests.support.pages import LOOKUP
from tests.support.stub_erc import StubErc

HERE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("address", "asked", "service"),
    [
        (
            "/orders/",
            LOOKUP,
            [
                ("orders/portal/views.py", "items"),
                ("orders/pages/items.py", "respond"),
                ("orders/lookup/service.py", "look_up"),
                ("orders/lookup/service.py", "list_order_items"),
            ],
        ),
        (
            "/customers/",
            {"customer_id": "C-1"},
            [
                ("orders/portal/views.py", "customer_orders"),
                ("orders/pages/customer_orders.py", "respond_orders"),
                ("orders/lookup/customer_orders.py", "list_customer_orders"),
            ],
        ),
    ],
    ids=["items", "orders"],
)
def test_list_reaches_the_wire_by_eleven_functions_at_most(
    address: str,
    asked: dict[str, str],
    service: list[tuple[str, str]],
    browser: Client,
    erc: StubErc,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve_family(erc)
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

    browser.get(address, asked)

    # The token's request comes before it, and the customer is asked for in a thread of its own.
    road = next(stack[stack.index(service[0]) :] for stack in reversed(stacks) if service[0] in stack)
    assert road == [
        *service,
        ("orders/lookup/gathering.py", "gather"),
        ("orders/lookup/cached_pages.py", "get"),
        ("orders/erc/single_flight.py", "run"),
        ("orders/lookup/cached_pages.py", "_fetch"),
        ("orders/erc/client.py", "get"),
        ("orders/erc/endpoint.py", "call"),
        ("orders/erc/transport.py", "send"),
    ]
