"""A panel that is launched for what a caller says: it finds the customer, and is bound to whom it found."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.family import contact, order, orders_page, serve_family
from tests.support.launching import token
from tests.support.pages import one, soup, text
from tests.support.panels import fed, launched, refused
from tests.support.searching_panels import FOUND, NOBODY, link_of, posted, searched, waiting
from tests.support.stub_erc import Reply, StubErc

SAID = ("ines@mail.example", "ines%40mail", "910000001", "N001")


@pytest.fixture(autouse=True)
def _family(erc: StubErc) -> None:
    serve_family(erc)


@pytest.mark.parametrize(
    "claims",
    [{"email": "ines@mail.example"}, {"phone": "+351 910 000 001"}, {"order_number": "#N001"}],
    ids=["e-mail", "phone", "number"],
)
def test_launch_by_what_a_caller_says_paints_at_once_and_says_none_of_it(
    client: Client, erc: StubErc, claims: dict[str, str]
) -> None:
    response = launched(client, token(**{**NOBODY, **claims}))

    html = soup(response)
    assert response.status_code == 200
    assert html.select(".skeleton")
    assert one(html, "#results")["hx-get"] == FOUND
    assert not one(html, "#panel").has_attr("data-customer-id")
    assert not [said for said in SAID if said in response.content.decode()]
    assert erc.everything_asked == []


def test_launch_by_what_a_caller_says_is_posted_and_stands_in_no_address(client: Client, erc: StubErc) -> None:
    spent = token(**NOBODY, email="ines@mail.example")

    response = client.get("/embed/", {"token": spent})

    assert (response.status_code, refused(response)) == (400, "launch-claims")
    assert launched(client, spent).status_code == 200


def test_only_customer_of_an_address_is_bound_and_their_orders_are_opened(client: Client, erc: StubErc) -> None:
    response = searched(client, email="Ines@mail.example")

    assert response.status_code == 200
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#panel", "outerHTML")
    assert one(soup(response), "#panel")["data-customer-id"] == "C-1"
    assert text(soup(response), ".panel-who") == "Customer C-1"
    assert link_of(response) == ("/embed/customers/", {"customer_id": "C-1", "first": "1"})
    list_of_orders = fed(client, response["Embed-Token"], str(one(soup(response), "#results")["hx-get"]))
    assert [row["data-order-id"] for row in soup(list_of_orders).select("[data-order-id]")] == [
        f"O-{number}" for number in range(1, 8)
    ]


def test_order_of_a_number_is_opened_and_its_customers_others_are_one_click_away(
    client: Client, erc: StubErc
) -> None:
    response = searched(client, order_number="#N108")

    assert link_of(response) == ("/embed/orders/", {"customer_id": "C-2", "order_id": "O-8"})
    embed = response["Embed-Token"]
    items = fed(client, embed, "/embed/orders/", customer_id="C-2", order_id="O-8")
    other = str(one(soup(items), ".who a")["hx-get"])
    assert other == "/embed/customers/?customer_id=C-2"
    assert fed(client, embed, other).status_code == 200


def test_several_are_offered_and_the_chosen_one_is_bound(client: Client, erc: StubErc) -> None:
    response = searched(client, phone="00351910000001")

    rows = soup(response).select(".customer-row")
    assert [row["data-customer-id"] for row in rows] == ["C-1", "C-2"]
    asked = len(erc.everything_asked)
    chosen = fed(client, response["Embed-Token"], str(one(rows[1], "a")["hx-get"]))
    assert one(soup(chosen), "#panel")["data-customer-id"] == "C-2"
    assert link_of(chosen) == ("/embed/customers/", {"customer_id": "C-2", "first": "1"})
    assert one(soup(chosen), "#main").has_attr("data-takes-focus")
    assert len(erc.everything_asked) == asked
    assert fed(client, chosen["Embed-Token"], "/embed/customers/", customer_id="C-2").status_code == 200
    again = fed(client, chosen["Embed-Token"], "/embed/customers/", customer_id="C-1")
    assert (again.status_code, refused(again)) == (403, "session-other-order")


def test_several_orders_of_a_number_are_offered_and_the_chosen_one_is_opened(client: Client, erc: StubErc) -> None:
    response = searched(client, order_number="N10")

    rows = soup(response).select("[data-order-id]")
    assert [row["data-order-id"] for row in rows] == ["O-8", "O-9"]
    chosen = fed(client, response["Embed-Token"], str(one(rows[1], "a")["hx-get"]))
    assert link_of(chosen) == ("/embed/orders/", {"customer_id": "C-2", "order_id": "O-9"})


def test_claims_that_only_one_customer_fits_need_no_choice(client: Client, erc: StubErc) -> None:
    response = searched(client, phone="+351910000001", email="iris@mail.example")

    assert one(soup(response), "#panel")["data-customer-id"] == "C-2"


def test_order_and_address_of_one_customer_open_the_order(client: Client, erc: StubErc) -> None:
    response = searched(client, order_number="N108", email="iris@mail.example", phone="+351910000001")

    assert link_of(response) == ("/embed/orders/", {"customer_id": "C-2", "order_id": "O-8"})


def test_claims_of_different_customers_are_offered_both(client: Client, erc: StubErc) -> None:
    response = searched(client, order_number="N108", email="tomas@mail.example")

    html = soup(response)
    assert [row["data-customer-id"] for row in html.select(".customer-row")] == ["C-3"]
    assert [row["data-order-id"] for row in html.select(".order-row")] == ["O-8"]


def test_launch_of_an_order_by_its_id_stays_with_this_order(client: Client, erc: StubErc) -> None:
    response = searched(client, email="ines@mail.example", order_id="O-2")

    assert link_of(response) == ("/embed/orders/", {"customer_id": "C-1", "order_id": "O-2"})
    assert one(soup(response), "#panel")["data-only-order"] == "O-2"
    embed = response["Embed-Token"]
    assert fed(client, embed, "/embed/orders/", customer_id="C-1", order_id="O-2").status_code == 200
    for address in ("/embed/customers/?customer_id=C-1", "/embed/orders/?customer_id=C-1&order_id=O-1"):
        assert fed(client, embed, address).status_code == 403


def test_where_nobody_fits_the_box_is_offered_filled_in(client: Client, erc: StubErc) -> None:
    response = searched(client, email="nobody@mail.example")

    html = soup(response)
    assert response.status_code == 200
    assert html.select("[data-nothing-found]")
    assert one(html, "[data-find] [name=q]")["value"] == "nobody@mail.example"
    assert one(html, "[data-find]")["hx-post"] == "/embed/find/"
    found = posted(client, response["Embed-Token"], "ines@mail.example")
    assert one(soup(found), "#panel")["data-customer-id"] == "C-1"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("#N108", ("/embed/orders/", {"customer_id": "C-2", "order_id": "O-8"})),
        ("C-1 O-1", ("/embed/orders/", {"customer_id": "C-1", "order_id": "O-1"})),
        ("Tomáš Novák", ("/embed/customers/", {"customer_id": "C-3", "first": "1"})),
    ],
)
def test_box_binds_the_panel_to_whom_it_finds(
    client: Client, erc: StubErc, typed: str, address: tuple[str, dict[str, str]]
) -> None:
    embed = searched(client, phone="+351999999999")["Embed-Token"]

    found = posted(client, embed, typed)

    assert link_of(found) == address
    later = posted(client, found["Embed-Token"], "iris@mail.example")
    assert (later.status_code, refused(later)) == (403, "session-other-order")


@pytest.mark.parametrize(
    ("typed", "status"),
    [("C-9 O-1", 200), ("customer_id=a/../b&order_id=O-1", 400), ("customer=C-1&order=..", 400)],
)
def test_box_binds_the_panel_to_no_id_that_nobody_has(
    client: Client, erc: StubErc, typed: str, status: int
) -> None:
    embed = searched(client, phone="+351999999999")["Embed-Token"]

    wrong = posted(client, embed, typed)

    assert wrong.status_code == status
    assert one(soup(wrong), "[data-find]")
    found = posted(client, wrong["Embed-Token"], "C-1 O-1")
    assert link_of(found) == ("/embed/orders/", {"customer_id": "C-1", "order_id": "O-1"})


def test_box_over_the_limit_asks_nothing_and_stays(client: Client, erc: StubErc, settings: Settings) -> None:
    settings.SEARCH_LIMIT = 1
    embed = searched(client, email="nobody@mail.example")["Embed-Token"]
    asked = len(erc.everything_asked)

    response = posted(client, embed, "ines@mail.example")

    assert (response.status_code, refused(response)) == (429, "rate_limited")
    assert one(soup(response), "[data-find] [name=q]")["value"] == "ines@mail.example"
    assert len(erc.everything_asked) == asked


def test_box_that_finds_several_or_nobody_stays(client: Client, erc: StubErc) -> None:
    embed = searched(client, email="nobody@mail.example")["Embed-Token"]

    several = posted(client, embed, "Duarte")
    nothing = posted(client, several["Embed-Token"], "zzz@mail.example")
    empty = posted(client, nothing["Embed-Token"], "  ")

    assert len(soup(several).select(".customer-row")) == 2
    assert soup(nothing).select("[data-nothing-found]")
    assert (empty.status_code, refused(empty)) == (400, "bad_request")
    for response, typed in ((several, "Duarte"), (nothing, "zzz@mail.example"), (empty, "")):
        assert one(soup(response), "[data-find] [name=q]")["value"] == typed
    assert fed(client, several["Embed-Token"], "/embed/customers/", customer_id="C-2")["HX-Retarget"] == "#panel"


def test_those_whose_id_cannot_be_asked_for_are_shown_and_lead_nowhere(client: Client, erc: StubErc) -> None:
    serve_family(erc, contacts=[contact("..", emails=["ines@mail.example"])])

    response = searched(client, email="ines@mail.example")

    assert response.status_code == 200
    assert not soup(response).select("#panel, .customer-row a")
    assert fed(client, response["Embed-Token"], "/embed/customers/", customer_id="..").status_code == 403


def test_order_without_a_customer_is_shown_and_leads_nowhere(client: Client, erc: StubErc) -> None:
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "#N001", None))))

    response = searched(client, order_number="N001")

    html = soup(response)
    assert [row["data-order-id"] for row in html.select(".order-row")] == ["O-1"]
    assert not html.select(".order-row a")
    assert fed(client, response["Embed-Token"], "/embed/orders/", order_id="O-1").status_code == 403


def test_only_as_many_as_are_shown_can_be_chosen(client: Client, erc: StubErc) -> None:
    serve_family(erc, contacts=[contact(f"C-{number}", phones=["+351910000001"]) for number in range(30)])

    response = searched(client, phone="+351910000001")

    shown = [str(row["data-customer-id"]) for row in soup(response).select(".customer-row")]
    embed = response["Embed-Token"]
    assert len(shown) == 20
    assert fed(client, embed, "/embed/customers/", customer_id=shown[-1]).status_code == 200
    assert fed(client, embed, "/embed/customers/", customer_id="C-29").status_code == 403


def test_what_an_older_secret_sealed_is_asked_for_anew(client: Client, erc: StubErc, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = []
    embed = waiting(client, email="ines@mail.example")
    settings.SECRET_KEY = "another" * 10

    response = fed(client, embed, FOUND)

    assert response.status_code == 401
    assert erc.everything_asked == []
