"""The inspector: both sides, for every kind of answer, without a credential."""

from __future__ import annotations

import json
import re

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.lookup.bulkhead import bulkhead
from orders.models import AccessLogEntry
from tests.support.pages import LOOKUP, ids, many, one, soup, text
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc, item, page

pytestmark = pytest.mark.usefixtures("items_alone")

PAGE = "/admin/inspector/"


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may use the inspector."""
    return staff("engineer")


def test_inspector_shows_the_cards_beside_the_raw_answer(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("i-1", price={"value": 10.10, "currency": "EUR"}))))

    html = soup(engineer.get(PAGE, LOOKUP))

    assert ids(html) == ["i-1"]
    assert "10.1" in text(html, ".tree")
    assert "GET /erc/ecommerce/customers/{customer_id}/orders/{order_id}/items" in html.get_text()
    assert f"GET {erc.base_url}/erc/ecommerce/customers/C-1/orders/O-1/items" in html.get_text()
    assert "Authorization: Bearer …" in html.get_text()
    assert "Authorization: Basic …" in html.get_text()


def test_inspector_follows_cursors_within_itself(engineer: Client, erc: StubErc) -> None:
    erc.items = many(45)
    first = engineer.get(PAGE, LOOKUP)

    second = engineer.get(str(one(soup(first), "[data-load-more]")["href"]))

    assert ids(soup(second)) == [f"i{number}" for number in range(20, 40)]
    assert [entry.page for entry in AccessLogEntry.objects.order_by("id")] == [1, 2]


def test_inspector_filters_the_order_that_it_shows(engineer: Client, erc: StubErc, settings: Settings) -> None:
    settings.ERC_FILTERS = ["brand"]
    many = [item(f"item-{number}") for number in range(6)]
    erc.answers(Reply(content=page(*many)), Reply(content=page(item("item-1"))))
    form = one(soup(engineer.get(PAGE, LOOKUP)), ".filter form")
    within = str(one(form, "[name=within]")["value"])

    response = engineer.get(str(form["action"]), {"within": within, "brand": "Halden"}, follow=True)

    assert ids(soup(response)) == ["item-1"]
    assert erc.asked[-1].path.endswith("/customers/C-1/orders/O-1/items")
    assert erc.asked[-1].query["brand"] == "Halden"


def test_inspector_asks_anew_each_time(engineer: Client, erc: StubErc) -> None:
    engineer.get(PAGE, LOOKUP)
    engineer.get(PAGE, LOOKUP)

    assert len(erc.asked) == 2


def test_inspector_shows_a_failure_and_no_cached_page(engineer: Client, erc: StubErc) -> None:
    engineer.get(PAGE, LOOKUP)
    erc.answers(Reply(503))

    response = engineer.get(PAGE, LOOKUP)

    assert response.status_code == 503
    assert ids(soup(response)) == []


def test_inspector_shows_an_empty_page_as_it_is(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(next_cursor="c-2")), Reply(content=page(item("later"))))

    html = soup(engineer.get(PAGE, LOOKUP))

    assert ids(html) == []
    assert html.select("[data-load-more]")
    assert len(erc.asked) == 1


def test_inspector_says_what_was_ignored_left_out_and_unreadable(engineer: Client, erc: StubErc) -> None:
    odd = item("i-1", colour="red", brand=True, deliveries=[{"id": "d", "drone": 1, "tracking_info": 1}])
    erc.answers(Reply(content=page(odd, {"id": "i-2", "size": "L"}, extra=1)))

    said = {
        text(finding, "summary"): finding.get_text(" ")
        for finding in soup(engineer.get(PAGE, LOOKUP)).select(".finding")
    }

    assert set(said) == {"Unreadable entries (1)", "Details left out (2)", "Fields ignored (4)"}
    assert "items[1]" in said["Unreadable entries (1)"]
    assert "items[0].brand" in said["Details left out (2)"]
    for place in ("extra", "items[0].colour", "items[0].deliveries[0].drone"):
        assert place in said["Fields ignored (4)"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_inspector_shows_a_body_with_a_byte_order_mark_as_a_tree(
    engineer: Client, erc: StubErc, encoding: str
) -> None:
    erc.answers(Reply(content=json.dumps(page(item("marked"))).encode(encoding)))

    html = soup(engineer.get(PAGE, LOOKUP))

    assert [card["data-item-id"] for card in html.select("article[data-item-id]")] == ["marked"]
    assert '"marked"' in one(html, ".exchange:last-of-type .tree").get_text()


def test_inspector_shows_every_attempt(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(503), Reply(content=page(item())))

    rows = soup(engineer.get(PAGE, LOOKUP)).select(".exchange:last-of-type tbody tr")

    assert [[cell.get_text() for cell in row.select("td")][3:5] for row in rows] == [
        ["503", "unavailable"],
        ["200", "ok"],
    ]


@pytest.mark.parametrize(
    ("reply", "status", "shown"),
    [
        (Reply(content=b'{"_embedded": {"items": [{"id": "<b>'), 502, '{"_embedded": {"items": [{"id": "<b>'),
        (Reply(content=b"<script>alert(1)</script>"), 502, "<script>alert(1)</script>"),
        (Reply(content=b"<html>", headers={"Content-Type": "text/html"}), 502, "<html>"),
        (Reply(content=b'{"_embedded": {"items": 7}}'), 502, '{"_embedded": {"items": 7}}'),
        (Reply(content=b'{"a": 1, "a": 2}'), 502, '{"a": 1, "a": 2}'),
        (Reply(content=b"<b>cut", headers={"Content-Length": "999", "Connection": "close"}), 502, "<b>cut"),
        (Reply(404, {"code": "E-1", "message": "<i>gone</i>"}), 404, "<i>gone</i>"),
        (Reply(500, b"\x00\xff<b>"), 503, "\ufffd\ufffd<b>"),
    ],
    ids=["cut JSON", "script", "HTML", "wrong types", "key twice", "cut short", "error body", "bytes"],
)
def test_answer_is_shown_as_it_came_and_escaped(
    engineer: Client, erc: StubErc, reply: Reply, status: int, shown: str
) -> None:
    erc.answers(reply)

    response = engineer.get(PAGE, LOOKUP)

    html = soup(response)
    assert response.status_code == status
    assert shown in "\n".join(pre.get_text() for pre in html.select(".exchange pre"))
    assert not html.select(".exchange script, .exchange b, .exchange i")
    assert one(html, "[role=alert]")


def test_large_answer_is_unfolded_as_far_as_a_page_can_show(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item(), extra=list(range(30_000)))))

    said = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", engineer.get(PAGE, LOOKUP).content.decode()))

    assert "extra […] 30000" in said
    assert "8999 8999" in said
    assert re.search(r"… 20\d\d\d", said)


def test_deep_answer_is_unfolded_as_far_as_a_page_can_show(engineer: Client, erc: StubErc) -> None:
    deep: dict[str, object] = {"bottom": 1}
    for _ in range(200):
        deep = {"down": deep}
    erc.answers(Reply(content=page(item(), custom_fields=deep)))

    html = soup(engineer.get(PAGE, LOOKUP))

    said = text(html, ".tree")
    assert said.count("down") > 20
    assert "… 1" in said
    assert "bottom" not in said


def test_fields_of_an_error_are_not_called_ignored(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(404, {"code": "E-1", "message": "no"}))

    assert not soup(engineer.get(PAGE, LOOKUP)).select(".finding")


def test_busy_api_tells_when_to_come_back(engineer: Client, erc: StubErc) -> None:
    erc.answers(Reply(429, {"code": "E-1", "message": "no"}, headers={"Retry-After": "30"}))

    response = engineer.get(PAGE, LOOKUP)

    assert (response.status_code, response["Retry-After"]) == (429, "30")


def test_curl_has_placeholders_and_quotes_the_ids(engineer: Client, erc: StubErc) -> None:
    html = soup(engineer.get(PAGE, {"customer_id": "a'b; rm -rf", "order_id": "é/#"}))

    (line,) = [pre.get_text() for pre in html.select("pre") if pre.get_text().startswith("curl")]
    assert '--header "Authorization: Bearer $TOKEN"' in line
    assert line.endswith("a%27b%3B%20rm%20-rf/orders/%C3%A9%2F%23/items?limit=20'")


def test_no_credential_is_shown(engineer: Client, erc: StubErc, settings: Settings) -> None:
    settings.ERC_CLIENT_SECRET = "secret-planted"
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token="token-planted"))
    erc.items = lambda asked: Reply(
        400,
        {"code": asked.headers["Authorization"], "message": "token-planted secret-planted"},
        headers={"Set-Cookie": "sid=cookie-planted", "X-Echo": asked.headers["Authorization"]},
    )

    content = engineer.get(PAGE, LOOKUP).content.decode()

    assert "planted" not in content
    assert "Set-Cookie: …" in content


@pytest.mark.parametrize("asked", [{}, {"customer_id": "C-1"}, {**LOOKUP, "limit": "0"}])
def test_nothing_is_asked_of_the_api_without_a_whole_look_up(
    engineer: Client, erc: StubErc, asked: dict[str, str]
) -> None:
    engineer.get(PAGE, asked)

    assert erc.asked == []
    assert not AccessLogEntry.objects.exists()


def test_view_is_recorded_once_and_not_shown_without(
    engineer: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    erc.answers(Reply(content=page(item("i-planted"))))
    engineer.get(PAGE, LOOKUP)
    (entry,) = AccessLogEntry.objects.all()

    def fail(**_fields: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    refused = engineer.get(PAGE, LOOKUP)

    assert (entry.surface, entry.agent, entry.items, entry.source) == ("inspector", "a-engineer", 1, "live")
    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert b"i-planted" not in refused.content


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_inspector_is_the_engineers(db: None, erc: StubErc, role: str) -> None:
    assert staff(role).get(PAGE, LOOKUP).status_code == 403
    assert erc.asked == []


def test_inspector_in_a_crowd_is_refused_and_recorded(engineer: Client, erc: StubErc, settings: Settings) -> None:
    settings.LOOKUPS_AT_ONCE = 1

    with bulkhead().place("somebody"):
        response = engineer.get(PAGE, LOOKUP)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "too many searches are already waiting for it" in text(soup(response), "[role=alert]")
    assert [entry.outcome for entry in AccessLogEntry.objects.all()] == ["unavailable"]
    assert erc.asked == []
