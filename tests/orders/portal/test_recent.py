"""The start page: the agent's own look-ups, pins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from orders.models import AccessLogEntry, Pin
from orders.portal.recent import MAX_PINS, pin
from tests.support.log_rows import entry
from tests.support.pages import HTMX, LOOKUP, soup
from tests.support.stub_erc import Reply, StubErc


def links(response: object, within: str) -> list[str]:
    return [str(link["href"]) for link in soup(response).select(f"{within} a")]


def test_address_of_the_former_box_leads_to_the_start_without_its_text(browser: Client) -> None:
    response = browser.get("/orders/paste/", {"paste": "C/1 O#1"})

    assert response.status_code == 302
    assert response["Location"] == "/orders/"


def test_recent_look_ups_are_the_agents_own_latest_first_and_once(browser: Client, erc: StubErc) -> None:
    for order_id in ("O-1", "O-2", "O-1"):
        browser.get("/orders/", {**LOOKUP, "order_id": order_id})
    entry(agent="somebody", order_id="O-3")
    entry(agent="agent", surface="embed", host="desk", order_id="O-4")
    erc.answers(Reply(404))
    browser.get("/orders/", {**LOOKUP, "order_id": "O-5"})

    response = browser.get("/orders/")

    assert links(response, "[data-recent]") == [
        "/orders/?customer_id=C-1&order_id=O-1",
        "/orders/?customer_id=C-1&order_id=O-2",
    ]


@pytest.mark.parametrize("kind", ["orders", "search_email", "search_number"])
def test_recent_look_ups_are_of_items_alone(browser: Client, erc: StubErc, kind: str) -> None:
    browser.get("/orders/", LOOKUP)
    entry(agent="agent", kind=kind, customer_id="C-2", order_id="", at=timezone.now())

    response = browser.get("/orders/")

    assert links(response, "[data-recent]") == ["/orders/?customer_id=C-1&order_id=O-1"]


def test_recent_look_ups_stay_beside_an_order_that_is_refreshed_for_long(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", {**LOOKUP, "order_id": "O-1"})
    for _ in range(150):
        entry(agent="agent", order_id="O-2", at=timezone.now())

    response = browser.get("/orders/")

    assert {link.rpartition("=")[2] for link in links(response, "[data-recent]")} == {"O-1", "O-2"}


def test_recent_look_ups_of_a_name_that_was_anothers_are_not_shown(
    browser: Client, agent: User, erc: StubErc
) -> None:
    browser.get("/orders/", LOOKUP)
    agent.delete()
    again = User.objects.create_user("agent")
    browser.force_login(again)

    assert links(browser.get("/orders/"), "[data-recent]") == []
    browser.get("/orders/", {**LOOKUP, "order_id": "O-2"})
    assert links(browser.get("/orders/"), "[data-recent]") == ["/orders/?customer_id=C-1&order_id=O-2"]


def test_recent_look_ups_of_a_name_that_was_taken_over_are_not_shown(
    browser: Client, agent: User, erc: StubErc
) -> None:
    older = User.objects.create_user("older", date_joined=timezone.now() - timedelta(days=300))
    browser.get("/orders/", LOOKUP)
    agent.delete()
    User.objects.filter(pk=older.pk).update(username="agent")
    browser.force_login(User.objects.get(pk=older.pk))

    assert links(browser.get("/orders/"), "[data-recent]") == []


def test_recent_look_ups_of_an_older_version_are_shown_where_the_account_is_older(
    browser: Client, agent: User
) -> None:
    now = timezone.now()
    User.objects.filter(pk=agent.pk).update(date_joined=now - timedelta(days=2))
    entry(agent="agent", order_id="O-before", at=now - timedelta(days=3))
    entry(agent="agent", order_id="O-since", at=now - timedelta(days=1))

    assert links(browser.get("/orders/"), "[data-recent]") == ["/orders/?customer_id=C-1&order_id=O-since"]


def test_recent_look_ups_leave_no_row(browser: Client) -> None:
    browser.get("/orders/")

    assert not AccessLogEntry.objects.exists()


def test_pinned_order_stays_until_it_is_unpinned(browser: Client) -> None:
    ids = {"customer": "C<1", "order": "O/1"}
    for _ in range(2):
        browser.post("/orders/pin/", ids)

    pinned = links(browser.get("/orders/"), "[data-pinned]")
    browser.post("/orders/unpin/", ids)

    assert pinned == ["/orders/?customer_id=C%3C1&order_id=O%2F1"]
    assert links(browser.get("/orders/"), "[data-pinned]") == []


def test_pins_are_ones_own(browser: Client, agent: User) -> None:
    other = User.objects.create_user("other")
    Pin.objects.create(user=other, customer_id="C-1", order_id="O-1")

    browser.post("/orders/unpin/", LOOKUP)

    assert links(browser.get("/orders/"), "[data-pinned]") == []
    assert Pin.objects.filter(user=other).exists()


def test_pin_of_the_longest_ids_is_kept_once(browser: Client) -> None:
    ids = {"customer": "顧" * 512, "order": "𠮷" * 512}
    for _ in range(2):
        assert browser.post("/orders/pin/", ids).status_code == 302

    assert Pin.objects.count() == 1
    assert len(links(browser.get("/orders/"), "[data-pinned]")) == 1
    browser.post("/orders/unpin/", ids)
    assert not Pin.objects.exists()


@pytest.mark.parametrize(
    "ids", [("a", "bc"), ("ab", "c"), ('a", "b', "c"), ("a", 'b", "c'), ("A", "bc"), ("é", "é")]
)
def test_pin_is_of_its_two_ids_and_no_others(agent: User, ids: tuple[str, str]) -> None:
    Pin.objects.create(user=agent, customer_id="a", order_id='b", "c"')

    pin(agent, *ids)
    pin(agent, *ids)

    assert Pin.objects.count() == 2


def test_pin_that_exists_cannot_be_written_again(agent: User) -> None:
    pin(agent, "C-1", "O-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.create(user=agent, customer_id="C-1", order_id="O-1")


def test_pin_of_the_version_before_is_taken_over(agent: User) -> None:
    Pin.objects.create(user=agent, customer_id="C-1", order_id="O-1")
    Pin.objects.update(digest=None)

    pin(agent, "C-1", "O-1")

    assert Pin.objects.count() == 1


def test_pins_are_bounded(browser: Client, agent: User) -> None:
    for number in range(MAX_PINS + 5):
        browser.post("/orders/pin/", {"customer": "C", "order": f"O-{number}"})

    assert Pin.objects.count() == MAX_PINS
    assert links(browser.get("/orders/"), "[data-pinned]")[0].endswith(f"O-{MAX_PINS + 4}")


def test_ids_that_cannot_be_are_not_pinned(browser: Client) -> None:
    for ids in ({}, {"customer": "..", "order": "O"}, {"customer": "C\n1", "order": "O"}):
        browser.post("/orders/pin/", ids)

    assert not Pin.objects.exists()


def test_pin_needs_the_form_and_the_permission(browser: Client, agent: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)

    assert strict.post("/orders/pin/", LOOKUP).status_code == 403
    assert browser.get("/orders/pin/").status_code == 405
    agent.groups.clear()
    assert browser.post("/orders/pin/", LOOKUP).status_code == 403


def test_start_as_a_fragment_has_the_look_ups_too(browser: Client) -> None:
    browser.post("/orders/pin/", {"customer": "C-1", "order": "O-1"})

    assert links(browser.get("/orders/", headers=HTMX), "[data-pinned]")


def test_recent_look_up_says_when_it_was(browser: Client, agent: User) -> None:
    at = timezone.now() - timedelta(days=3)
    for ago in (1, 0):
        entry(agent="agent", account=agent.pk, order_id="O-1", at=at - timedelta(days=ago))
    browser.post("/orders/pin/", {"customer": "C-2", "order": "O-2"})

    html = soup(browser.get("/orders/"))

    assert [time["datetime"] for time in html.select("[data-recent] time")] == [at.isoformat(timespec="seconds")]
    assert not html.select("[data-pinned] time")
