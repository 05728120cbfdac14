"""The items of an order are shown as they are, and in time, whatever goes wrong beside them."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.serving.warm_up import warm_up
from tests.support.family import serve_family
from tests.support.family_faults import (
    EACH_FAULT_OF_EACH_ENDPOINT,
    FAMILY_FAULTS,
    FamilyFault,
    break_endpoint,
    name_of,
)
from tests.support.pages import HTMX, LOOKUP, soup
from tests.support.process_state import forget
from tests.support.stub_erc import Reply, StubErc, item, page
from tests.support.stub_routes import ACCOUNT_SCOPE, CUSTOMER_SCOPE, PATHS

pytestmark = pytest.mark.slow

IN_TIME = 2.0
"""Seconds until the page is there. The items wait 0.3 s at most; the rest is for a machine that is busy."""

ITEMS = (
    item("i1", quantity=2, sku="S-1", deliveries=[{"id": "D-1", "latest_status_info": {"type": "IN_TRANSIT"}}]),
    item("i2", price={"value": 5.5, "currency": "EUR"}),
    item("i3", deliveries=[{"id": "D-3", "latest_status_info": {"type": "DELIVERED"}}]),
)
HANGING = next(fault for fault in FAMILY_FAULTS if fault.name == "no answer")


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """As every worker is before it takes requests; else a first page would be timed with its compilation."""
    warm_up()


@pytest.fixture
def api(erc: StubErc) -> StubErc:
    """An API that knows the order with its customer, and is well."""
    erc.answers(Reply(content=page(*ITEMS)))
    serve_family(erc)
    return erc


def cards(html: BeautifulSoup) -> list[str]:
    """What the items of a page say, in order."""
    return [" ".join(card.get_text(" ").split()) for card in html.select("article[data-item-id]")]


def cards_while_well(browser: Client) -> list[str]:
    """The order's items as they show while nothing is wrong; afterwards the portal has forgotten them."""
    shown = cards(soup(browser.get("/orders/", LOOKUP)))
    cache.clear()
    forget()
    return shown


@pytest.mark.parametrize(("endpoint", "fault"), EACH_FAULT_OF_EACH_ENDPOINT, ids=name_of)
def test_items_show_as_without_the_fault_and_in_time(
    browser: Client, api: StubErc, endpoint: str, fault: FamilyFault
) -> None:
    expected = cards_while_well(browser)
    break_endpoint(api, endpoint, fault)

    started = time.monotonic()
    response = browser.get("/orders/", LOOKUP)
    took = time.monotonic() - started

    html = soup(response)
    assert response.status_code == 200
    assert cards(html) == expected
    assert len(expected) == len(ITEMS)
    assert html.select("[role=alert][data-error]") == []
    assert "secret words" not in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()
    assert took < IN_TIME


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "a fragment"])
def test_items_wait_for_nothing_where_every_other_endpoint_hangs(
    browser: Client, api: StubErc, headers: dict[str, str]
) -> None:
    expected = cards_while_well(browser)
    for endpoint in PATHS:
        break_endpoint(api, endpoint, HANGING)

    started = time.monotonic()
    response = browser.get("/orders/", LOOKUP, headers=headers)
    took = time.monotonic() - started

    assert cards(soup(response)) == expected
    assert took < IN_TIME


@pytest.mark.parametrize("endpoint", PATHS)
def test_endpoint_that_is_down_for_long_takes_no_items_with_it(
    browser: Client, api: StubErc, settings: Settings, endpoint: str
) -> None:
    settings.ERC_BREAKER_FAILURES = 2
    expected = cards_while_well(browser)
    api.answers_at(endpoint, Reply(503))

    shown = [cards(soup(browser.get("/orders/", {**LOOKUP, "order_id": f"O-{number}"}))) for number in range(1, 7)]

    assert shown == [expected] * 6


@pytest.mark.parametrize("status", [400, 401])
def test_items_show_where_the_token_endpoint_grants_their_own_scope_alone(
    browser: Client, api: StubErc, status: int
) -> None:
    expected = cards_while_well(browser)
    api.refuse_scopes(CUSTOMER_SCOPE, ACCOUNT_SCOPE, status=status)
    api.expire_tokens()

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 200
    assert cards(soup(response)) == expected
