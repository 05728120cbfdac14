"""What a launch in a frame asks the API for, before the panel does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.calls_beside import end_calls_beside
from tests.support.family import serve_family
from tests.support.launching import token
from tests.support.pages import one, soup
from tests.support.panels import OWN, fed, launched
from tests.support.stub_erc import Asked, Reply, StubErc, item, page

FRAME = {"Sec-Fetch-Dest": "iframe"}


def launched_in_a_frame(client: Client, launch_token: str = "") -> Any:
    """The answer to a browser that loads the panel's frame, once all that it started has ended."""
    response = launched(client, launch_token, **FRAME)
    end_calls_beside()
    return response


def panel_of(response: Any, client: Client) -> Any:
    """What the panel of a launch is answered."""
    panel = one(soup(response), "#panel")
    return fed(client, str(panel["data-embed-token"]), str(one(panel, "#results")["hx-get"]))


def test_launch_in_a_frame_asks_once_for_what_the_panel_then_shows(client: Client, erc: StubErc) -> None:
    serve_family(erc)

    response = launched_in_a_frame(client)
    asked = sorted(one.endpoint for one in (*erc.asked, *erc.family_asked))
    shown = panel_of(response, client)

    assert asked == ["items", "order", "recent_order"]
    assert soup(shown).select("[data-item-id]")
    assert soup(shown).select("[data-order-number]")
    assert len(erc.asked) + len(erc.family_asked) == len(asked)


def test_launch_without_an_order_asks_once_for_the_list(client: Client, erc: StubErc) -> None:
    serve_family(erc)

    response = launched_in_a_frame(client, token(order_id=None))
    asked = sorted(one.endpoint for one in erc.family_asked)
    panel_of(response, client)

    assert asked == ["customer", "customer_orders", "customers"]
    assert len(erc.family_asked) == len(asked)


def test_launch_that_is_refused_asks_nothing(client: Client, erc: StubErc) -> None:
    spent = token()
    launched(client, spent)

    response = launched_in_a_frame(client, spent)

    assert response.status_code == 401
    assert erc.everything_asked == []


def test_launch_whose_customer_is_not_known_yet_asks_nothing(client: Client, erc: StubErc) -> None:
    response = launched_in_a_frame(client, token(customer_id=None, order_id=None, email="ines@example.com"))

    assert response.status_code == 200
    assert erc.everything_asked == []


@pytest.mark.parametrize(("name", "value"), [("PAGE_CACHE", False), ("PAGE_CACHE_FRESH_SECONDS", 0)])
def test_launch_asks_nothing_where_the_panel_could_not_find_it(
    client: Client, erc: StubErc, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)

    response = launched_in_a_frame(client)

    assert response.status_code == 200
    assert erc.everything_asked == []


def test_panel_asks_itself_where_what_was_asked_ahead_has_failed(client: Client, erc: StubErc) -> None:
    fails = True

    def answer(_asked: Asked) -> Reply:
        return Reply(404, {"code": "not_found"}) if fails else Reply(content=page(item("there-now")))

    erc.items = erc.guarded(answer)
    response = launched_in_a_frame(client)
    fails = False

    shown = panel_of(response, client)

    assert [one["data-item-id"] for one in soup(shown).select("[data-item-id]")] == ["there-now"]


def test_launch_counts_as_no_access_to_what_it_asked_for(client: Client, erc: StubErc) -> None:
    response = launched_in_a_frame(client)

    before = AccessLogEntry.objects.count()
    panel_of(response, client)

    assert erc.asked
    assert (before, AccessLogEntry.objects.count()) == (0, 1)
    assert AccessLogEntry.objects.get().order_id == OWN["order_id"]
