"""Who can be reached with the token of a panel: its own customer, and nobody else, at no address and in no way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from orders.embed import sessions
from orders.embed.registry import registry
from orders.lookup.customer_forms import seal_search
from orders.models import AccessLogEntry
from tests.support.family import order, serve_family
from tests.support.pages import HTMX, one, soup
from tests.support.panels import embed_token, fed, refused
from tests.support.stub_erc import StubErc

NOBODY: dict[str, Any] = {"customer_id": None, "order_id": None}


@pytest.fixture(autouse=True)
def _family(erc: StubErc) -> None:
    serve_family(erc, orders=[order(f"O-{number}", f"#N{number:03}") for number in range(1, 60)])


def of_customer(client: Client) -> str:
    return embed_token(client, order_id=None)


def of_order(client: Client) -> str:
    return embed_token(client)


def of_nobody(client: Client) -> str:
    return embed_token(client, **NOBODY, email="ines@mail.example")


def of_candidates(client: Client) -> str:
    """The token of a panel in which C-1 and C-2 can be chosen."""
    return str(fed(client, embed_token(client, **NOBODY, phone="+351910000001"), "/embed/found/")["Embed-Token"])


def of_searcher(client: Client) -> str:
    """The token of a panel whose launch fits nobody."""
    return str(fed(client, embed_token(client, **NOBODY, email="no@mail.example"), "/embed/found/")["Embed-Token"])


def of_chosen(client: Client) -> str:
    """The token of a panel in which C-1 was chosen."""
    return str(fed(client, of_candidates(client), "/embed/customers/", customer_id="C-1")["Embed-Token"])


def of_found(client: Client) -> str:
    """The token of a panel that has found C-1 by itself."""
    return str(fed(client, of_nobody(client), "/embed/found/")["Embed-Token"])


BOUND = [of_customer, of_order, of_chosen, of_found]
UNBOUND = [of_nobody, of_candidates, of_searcher]
OTHERS = [
    "/embed/orders/?customer_id=C-3&order_id=O-1",
    "/embed/orders/?customer_id=C-3&order_id=O-1&order_by=price:asc",
    "/embed/orders/?customer_id=C-3&order_id=O-1&cursor=at-20&trail=x",
    "/embed/orders/?customer_id=C-3&order_id=O-1&refresh=1&quiet=1",
    "/embed/orders/?customer_id=&order_id=O-1",
    "/embed/orders/?customer_id=c-1&order_id=O-1",
    "/embed/orders/?customer_id=C-1/../C-3&order_id=O-1",
    "/embed/customers/?customer_id=C-3",
    "/embed/customers/?customer_id=C-3&first=1",
    "/embed/customers/?customer_id=C-3&refresh=1&pages=3",
    "/embed/customers/?customer_id=C-3&cursor=at-20&trail=x",
    "/embed/customers/?customer_id=",
    "/embed/customers/?customer_id=%22C-3%22",
    "/embed/customers/?customer_id=C-1&customer_id=C-3",
    "/embed/customers/?customer_id=C-1%2FC-3",
]


def post(client: Client, embed: str, address: str, **fields: str) -> Any:
    """The answer to what the panel posts."""
    return client.post(address, fields, headers={**HTMX, "Embed-Token": embed})


def no_more_asked(erc: StubErc, act: Callable[[], Any]) -> Any:
    """The answer, to which nothing was asked and nothing was recorded."""
    asked, recorded = len(erc.everything_asked), AccessLogEntry.objects.count()
    response = act()
    assert (len(erc.everything_asked), AccessLogEntry.objects.count()) == (asked, recorded)
    return response


def is_refused(response: Any) -> bool:
    code = refused(response)
    return (response.status_code, code) == (403, "session-other-order") and "Embed-Token" not in response


@pytest.mark.parametrize("address", OTHERS)
@pytest.mark.parametrize("panel", [*BOUND, *UNBOUND])
def test_no_panel_reaches_another_customers_orders_or_list(
    client: Client, erc: StubErc, panel: Callable[[Client], str], address: str
) -> None:
    embed = panel(client)

    response = no_more_asked(erc, lambda: fed(client, embed, address))

    assert is_refused(response)
    assert one(soup(response), "[role=alert]")
    assert response["HX-Retarget"] == "#results"


@pytest.mark.parametrize("panel", [*BOUND, *UNBOUND])
def test_no_panel_narrows_another_customers_list(
    client: Client, erc: StubErc, panel: Callable[[Client], str]
) -> None:
    embed = panel(client)
    sealed = urlencode({"customer_id": "C-3", "narrowed": seal_search("N1")})

    answers = [
        no_more_asked(erc, lambda: post(client, embed, "/embed/customers/?customer_id=C-3", search="N1")),
        no_more_asked(erc, lambda: post(client, embed, "/embed/customers/", customer_id="C-3", search="N1")),
        no_more_asked(
            erc, lambda: post(client, embed, "/embed/customers/?customer_id=C-1", customer_id="C-3", search="N1")
        ),
        no_more_asked(erc, lambda: fed(client, embed, f"/embed/customers/?{sealed}")),
    ]

    assert all(map(is_refused, answers))


@pytest.mark.parametrize("panel", BOUND)
def test_bound_panel_searches_for_nobody(client: Client, erc: StubErc, panel: Callable[[Client], str]) -> None:
    embed = panel(client)

    answers = [
        no_more_asked(erc, lambda: post(client, embed, "/embed/find/", q="iris@mail.example")),
        no_more_asked(erc, lambda: post(client, embed, "/embed/find/", q="C-3 O-1")),
        no_more_asked(erc, lambda: fed(client, embed, "/embed/found/")),
        no_more_asked(erc, lambda: fed(client, embed, "/embed/found/", q="iris@mail.example")),
    ]

    assert all(map(is_refused, answers))


@pytest.mark.parametrize("panel", [of_nobody, of_candidates])
def test_panel_that_somebody_fits_searches_for_nobody_else(
    client: Client, erc: StubErc, panel: Callable[[Client], str]
) -> None:
    embed = panel(client)

    assert is_refused(no_more_asked(erc, lambda: post(client, embed, "/embed/find/", q="iris@mail.example")))


@pytest.mark.parametrize(
    "address",
    [
        "/embed/orders/?customer_id=C-1&order_id=O-1",
        "/embed/customers/?customer_id=C-1",
        "/embed/customers/",
        "/embed/orders/",
    ],
)
@pytest.mark.parametrize("panel", [of_nobody, of_searcher])
def test_panel_without_a_customer_opens_nobody_who_was_not_found(
    client: Client, erc: StubErc, panel: Callable[[Client], str], address: str
) -> None:
    embed = panel(client)

    assert is_refused(no_more_asked(erc, lambda: fed(client, embed, address)))


def test_chosen_customer_cannot_be_exchanged_for_the_other_candidate(client: Client, erc: StubErc) -> None:
    embed = of_chosen(client)

    for address in ("/embed/customers/?customer_id=C-2", "/embed/orders/?customer_id=C-2&order_id=O-8"):
        assert is_refused(no_more_asked(erc, partial(fed, client, embed, address)))


def test_candidates_of_one_launch_are_not_those_of_another(client: Client, erc: StubErc) -> None:
    of_candidates(client)
    embed = of_nobody(client)

    assert is_refused(no_more_asked(erc, lambda: fed(client, embed, "/embed/customers/?customer_id=C-2")))


def test_panel_of_one_order_has_no_list_and_no_other_order(client: Client, erc: StubErc) -> None:
    embed = of_order(client)

    for address in (
        "/embed/customers/",
        "/embed/customers/?customer_id=C-1",
        "/embed/orders/?customer_id=C-1&order_id=O-2",
    ):
        assert is_refused(no_more_asked(erc, partial(fed, client, embed, address)))
    items = fed(client, embed)
    assert not [link for link in soup(items).select("[hx-get]") if "/embed/customers/" in str(link["hx-get"])]


@pytest.mark.parametrize(
    "changes",
    [
        {"cursor": "at-40"},
        {"trail": ""},
        {"trail": "forged"},
        {"limit": "7"},
        {"narrowed": seal_search("N01")},
    ],
    ids=["another cursor", "no state", "forged state", "another list", "narrowed list"],
)
def test_list_goes_on_by_its_own_cursor_only(client: Client, erc: StubErc, changes: dict[str, str]) -> None:
    embed = of_customer(client)
    first = fed(client, embed, "/embed/customers/")
    link = str(one(soup(first), "[data-load-more]")["hx-get"])
    whole = dict(part.split("=", 1) for part in link.partition("?")[2].split("&"))
    moved = urlencode({**whole, **changes}, safe="%:")

    response = no_more_asked(erc, lambda: fed(client, embed, f"/embed/customers/?{moved}"))

    assert (response.status_code, refused(response)) == (400, "bad_request")
    assert fed(client, embed, link).status_code == 200


@pytest.mark.parametrize("address", ["/embed/orders/", "/embed/customers/", "/embed/found/"])
@pytest.mark.parametrize("token", ["", "forged"])
def test_nothing_is_asked_for_a_person_without_a_session(
    client: Client, erc: StubErc, address: str, token: str
) -> None:
    response = no_more_asked(erc, lambda: fed(client, token, address, customer_id="C-1", order_id="O-1"))

    assert response.status_code == 401


@pytest.mark.parametrize("token", ["", "forged"])
def test_nothing_is_searched_for_a_person_without_a_session(client: Client, erc: StubErc, token: str) -> None:
    response = no_more_asked(erc, lambda: post(client, token, "/embed/find/", q="ines@mail.example"))

    assert response.status_code == 401


def test_token_that_was_signed_for_something_else_opens_nothing(client: Client, erc: StubErc) -> None:
    session = sessions.read_session(of_candidates(client), registry().hosts())
    forged = session.bind("C-3").to_token()[:-2] + "xx"

    response = no_more_asked(erc, lambda: fed(client, forged, "/embed/customers/", customer_id="C-3"))

    assert (response.status_code, refused(response)) == (401, "session-forged")
