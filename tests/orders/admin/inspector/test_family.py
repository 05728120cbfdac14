"""The inspector of the endpoints beside the items: by ids in the address, and by a text that is posted."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from orders.audit.search_digest import digest_search
from orders.models import AccessKind, AccessLogEntry
from tests.support.family import contact, contacts_page, order, orders_page, serve_family
from tests.support.log_lines import Lines
from tests.support.pages import one, soup, text
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc

PAGE = "/admin/inspector/"
BY_IDS = ("customer", "customer_orders", "order", "recent_order")
CUSTOMER = {"customer_id": "C-1001"}
PRIVATE = "amal.haddad@mail.example"


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may use the inspector."""
    return staff("engineer")


@pytest.mark.parametrize(
    ("endpoint", "asked", "route", "shown"),
    [
        ("customer", CUSTOMER, "/erc/ecommerce/customers/{customer_id}", "customer_since"),
        ("customer_orders", CUSTOMER, "/erc/ecommerce/customers/{customer_id}/orders", "order_number"),
        ("order", {**CUSTOMER, "order_id": "A-20731"}, "/orders/{order_id}", "final_total_amount"),
        ("recent_order", CUSTOMER, "/most-recent-order", "status_info"),
    ],
)
def test_endpoint_is_inspected_by_ids(
    engineer: Client, sandbox: SandboxServer, endpoint: str, asked: dict[str, str], route: str, shown: str
) -> None:
    response = engineer.get(PAGE, {"endpoint": endpoint, **asked})

    html = soup(response)
    assert response.status_code == 200
    assert shown in text(html, ".seen .tree")
    assert route in text(html, ".exchange:last-of-type h3")
    assert shown in text(html, ".exchange:last-of-type .tree")
    assert one(html, f"option[value={endpoint}]").has_attr("selected")
    assert not html.select(".finding")


@pytest.mark.parametrize(
    ("search", "typed", "name"),
    [
        ("email", PRIVATE, "email"),
        ("phone", "+351910000000", "phone"),
        ("name", "María Fernández", "name"),
        ("ids", "C-2007", "ids"),
        ("orders", "#Y34DHR", "search"),
    ],
)
def test_search_is_inspected_and_its_text_is_in_no_address(
    engineer: Client, sandbox: SandboxServer, log: Lines, search: str, typed: str, name: str
) -> None:
    response = engineer.post(PAGE, {"endpoint": search, "q": f" {typed} "})

    html = soup(response)
    said = html.get_text()
    assert response.status_code == 200
    assert "order_number" in said if search == "orders" else "customer_id" in text(html, ".seen .tree")
    assert f"?{name}=…" in said
    assert str(one(html, "input[name=q]")["value"]).strip() == typed
    addresses = [
        str(link.get(name, "")) for link in html.select("[href], [action]") for name in ("href", "action")
    ]
    assert not [address for address in addresses if typed in address or quote(typed) in address]
    assert not [line for line in log.lines if typed in line]


def test_card_number_is_cut_on_both_sides(engineer: Client, sandbox: SandboxServer) -> None:
    page = engineer.post(PAGE, {"endpoint": "orders", "q": "#S5G5KU"}).content.decode()

    assert "card_number" in page
    assert "4111111111114242" not in page


@pytest.mark.parametrize(
    ("endpoint", "asked", "kind", "items"),
    [
        ("customer", {"customer_id": "C-1"}, "orders", None),
        ("customer_orders", {"customer_id": "C-1"}, "orders", 7),
        ("order", {"customer_id": "C-1", "order_id": "O-1"}, "items", None),
        ("recent_order", {"customer_id": "C-1"}, "orders", None),
    ],
)
def test_inspection_by_ids_is_recorded(
    engineer: Client, erc: StubErc, endpoint: str, asked: dict[str, str], kind: str, items: int | None
) -> None:
    serve_family(erc)

    response = engineer.get(PAGE, {"endpoint": endpoint, **asked})

    row = AccessLogEntry.objects.get()
    assert (row.surface, row.agent, row.kind, row.outcome) == ("inspector", "a-engineer", kind, "ok")
    assert (row.customer_id, row.order_id) == ("C-1", asked.get("order_id", ""))
    assert (row.items, row.source, row.digest) == (items, "live", "")
    assert row.note == f"inspector: {endpoint}"
    assert row.correlation_id == response["X-Correlation-ID"]


def test_search_is_recorded_by_its_digest(engineer: Client, erc: StubErc) -> None:
    serve_family(erc)

    engineer.post(PAGE, {"endpoint": "phone", "q": "+351910000001"})

    row = AccessLogEntry.objects.get()
    assert (row.surface, row.kind, row.outcome, row.items) == ("inspector", "search_phone", "ok", 2)
    assert row.digest == digest_search(AccessKind.SEARCH_PHONE, "+351910000001")


def test_search_over_the_limit_asks_nothing(engineer: Client, erc: StubErc, settings: Settings) -> None:
    settings.SEARCH_LIMIT = 1
    engineer.post(PAGE, {"endpoint": "email", "q": "a@mail.example"})
    erc.family_asked.clear()

    response = engineer.post(PAGE, {"endpoint": "orders", "q": "N001"})

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert erc.family_asked == []
    assert soup(response).select("[data-error=rate_limited]")
    assert AccessLogEntry.objects.filter(outcome="limited").count() == 1


@pytest.mark.parametrize("sent", [{"endpoint": "order", "customer_id": "C-1", "order_id": "O-1"}, None])
def test_nothing_is_shown_that_cannot_be_recorded(
    engineer: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch, sent: dict[str, str] | None
) -> None:
    serve_family(erc)

    def fail(**_fields: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)

    response = engineer.get(PAGE, sent) if sent else engineer.post(PAGE, {"endpoint": "orders", "q": "N001"})

    html = soup(response)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert not html.select(".exchange, .tree")
    assert "#N001" not in html.get_text()


@pytest.mark.parametrize("endpoint", BY_IDS)
@pytest.mark.parametrize(
    ("reply", "status", "kind"),
    [
        (Reply(403, {"code": "E-1", "message": "<b>no"}), 502, "not_allowed"),
        (Reply(404, {"code": "E-1", "message": "<b>no"}), 404, "not_found"),
        (Reply(429, {"code": "E-1", "message": "<b>no"}), 429, "rate_limited"),
        (Reply(500, b"<b>no"), 503, "unavailable"),
        (Reply(content=b"{<b>no"), 502, "invalid_response"),
    ],
)
def test_failure_is_shown_as_it_came_and_recorded(
    engineer: Client, erc: StubErc, endpoint: str, reply: Reply, status: int, kind: str
) -> None:
    erc.answers_at(endpoint, reply)

    response = engineer.get(PAGE, {"endpoint": endpoint, "customer_id": "C-1", "order_id": "O-1"})

    html = soup(response)
    assert response.status_code == status
    assert html.select(f"[data-error={kind}]")
    assert "<b>no" in text(html, ".exchange:last-of-type")
    assert not html.select(".exchange b")
    assert AccessLogEntry.objects.get().outcome == kind


def test_faults_of_the_sandbox_are_shown(engineer: Client, sandbox: SandboxServer) -> None:
    broken = engineer.get(PAGE, {"endpoint": "customer", "customer_id": "F-customer-500"})
    wrong = engineer.get(PAGE, {"endpoint": "customer", "customer_id": "F-customer-wrong-kinds"})
    searched = engineer.post(PAGE, {"endpoint": "orders", "q": "F-orders-malformed-entries"})

    assert broken.status_code == 503
    assert wrong.status_code == 502
    assert "Unreadable entries" in soup(searched).get_text()


def test_account_with_the_items_alone_shows_what_was_refused(
    engineer: Client, sandbox: SandboxServer, settings: Settings
) -> None:
    settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET

    first, second = (engineer.get(PAGE, {"endpoint": "customer", **CUSTOMER}) for _ in range(2))

    assert (first.status_code, second.status_code) == (502, 502)
    # What agents are not offered is asked for here all the same.
    assert "403" in text(soup(second), ".exchange:last-of-type table")


def test_what_was_ignored_left_out_and_unreadable_is_said(engineer: Client, erc: StubErc) -> None:
    odd = order("O-1", colour="red", billing_address={"floor": 3}, items_number="many")
    erc.answers_at("orders", Reply(content={**orders_page(odd, {"number": 1}), "extra": 1}))

    html = soup(engineer.post(PAGE, {"endpoint": "orders", "q": "N001"}))

    said = {text(finding, "summary"): finding.get_text(" ") for finding in html.select(".finding")}
    assert set(said) == {"Unreadable entries (1)", "Details left out (1)", "Fields ignored (4)"}
    assert "orders[1]" in said["Unreadable entries (1)"]
    assert "orders[0].items_number" in said["Details left out (1)"]
    for place in ("extra", "orders[0].colour", "orders[0].billing_address.floor", "orders[1].number"):
        assert place in said["Fields ignored (4)"]


def test_next_page_of_a_customers_orders_is_inspected_by_its_cursor(engineer: Client, erc: StubErc) -> None:
    serve_family(erc)

    engineer.get(PAGE, {"endpoint": "customer_orders", "customer_id": "C-1", "cursor": "at-2"})

    assert erc.family_asked[-1].query == {"limit": "50", "cursor": "at-2"}


def test_values_that_the_portal_has_no_tree_for_are_shown_exactly(engineer: Client, erc: StubErc) -> None:
    summary = {"final_total_amount": {"value": 10.10, "currency": "EUR"}}
    erc.answers_at("order", Reply(content=order("O-1", price_summary=summary, custom_fields={"x": [1.50]})))

    seen = text(soup(engineer.get(PAGE, {"endpoint": "order", "customer_id": "C-1", "order_id": "O-1"})), ".seen")

    assert "10.1" in seen
    assert "2026-01-04T09:15:00.000Z" in seen
    assert "defaulted" not in seen


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("get", {"endpoint": "customer"}),
        ("get", {"endpoint": "customer", "customer_id": ".."}),
        ("get", {"endpoint": "order", "customer_id": "C-1"}),
        ("get", {"endpoint": "email", "q": "a@mail.example"}),
        ("get", {"endpoint": "orders", "q": "N001"}),
        ("get", {"endpoint": "nonsense", "customer_id": "C-1"}),
        ("post", {"endpoint": "nonsense", "q": "x"}),
        ("post", {"endpoint": "customer", "customer_id": "C-1"}),
        ("post", {"endpoint": "items", **CUSTOMER, "order_id": "O-1"}),
        ("post", {"endpoint": "email", "q": "  "}),
        ("post", {"endpoint": "email", "q": "x" * 501}),
        ("post", {"q": "x"}),
    ],
)
def test_nothing_is_asked_for_what_cannot_be(
    engineer: Client, erc: StubErc, method: str, sent: dict[str, str]
) -> None:
    response = getattr(engineer, method)(PAGE, sent)

    assert response.status_code == (200 if sent == {"endpoint": "customer"} else 400)
    assert erc.everything_asked == []
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_other_roles_inspect_nothing(db: None, erc: StubErc, role: str) -> None:
    client = staff(role)

    statuses = [
        client.get(PAGE, {"endpoint": "customer", "customer_id": "C-1"}).status_code,
        client.post(PAGE, {"endpoint": "email", "q": "a@mail.example"}).status_code,
    ]

    assert statuses == [403, 403]
    assert erc.everything_asked == []


def test_search_needs_the_token_of_its_form(engineer: Client, erc: StubErc) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = engineer.cookies

    assert strict.post(PAGE, {"endpoint": "email", "q": "a@mail.example"}).status_code == 403
    assert soup(strict.get(PAGE)).select("form[method=post] [name=csrfmiddlewaretoken]")
    assert erc.family_asked == []


def test_what_the_api_echoes_of_a_search_is_masked(engineer: Client, erc: StubErc) -> None:
    echo = contact(name="Ines", emails=["ines@mail.example"])
    erc.answers_at("customers", Reply(content=contacts_page(echo), headers={"X-Echo": "ines@mail.example"}))

    html = soup(engineer.post(PAGE, {"endpoint": "email", "q": "ines@mail.example"}))

    assert "ines@mail.example" not in text(html, ".said")
