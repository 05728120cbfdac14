from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from tests.support.family import serve_family
from tests.support.pages import HTMX, LOOKUP, one, soup, text
from tests.support.stub_erc import StubErc


@pytest.mark.parametrize(
    "path",
    [
        "/orders/",
        "/orders/?customer_id=C-1&order_id=O-1",
        "/orders/?customer_id=C-1",
        "/customers/?customer_id=C-1",
    ],
)
def test_every_page_has_the_find_box_empty(browser: Client, erc: StubErc, path: str) -> None:
    serve_family(erc)

    html = soup(browser.get(path))

    form = one(html, 'form[data-find][method=post][action="/find/"]')
    assert {field["name"] for field in form.select("input")} == {"csrfmiddlewaretoken", "q"}
    assert one(form, "[name=q]")["value"] == ""


@pytest.mark.parametrize("path", ["/zone/", "/nothing-here"])
def test_pages_without_results_have_the_box_for_whoever_may_look_up(
    browser: Client, agent: User, path: str
) -> None:
    with_permission = soup(browser.get(path)).select("[data-find]")
    agent.groups.clear()
    without = soup(browser.get(path)).select("[data-find]")

    assert (len(with_permission), len(without)) == (1, 0)


def test_start_page_has_the_cursor_in_the_box_and_asks_nothing(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/"))

    assert one(html, "[autofocus]")["name"] == "q"
    assert erc.everything_asked == []


def test_ids_with_reserved_characters_reach_the_api_whole(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/", {"customer_id": " a/b#c?d%é ", "order_id": "100%/x"}))

    assert erc.asked[0].path.endswith("/customers/a%2Fb%23c%3Fd%25%C3%A9/orders/100%25%2Fx/items")
    assert text(html, ".who").startswith("Customer a/b#c?d%é")


@pytest.mark.parametrize("path", ["/", "/orders/", "/orders/?customer_id=C-1&order_id=O-1"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_signed_out_nothing_is_shown_or_fetched(client: Client, erc: StubErc, path: str, method: str) -> None:
    response = getattr(client, method)(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")
    assert erc.asked == erc.token_asked == []


@pytest.mark.django_db
def test_signed_out_fragment_sends_the_browser_to_sign_in(client: Client, erc: StubErc) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://testserver/orders/?customer_id=C-1&order_id=O-1"}

    response = client.get("/orders/", LOOKUP, headers=headers)

    assert response["HX-Redirect"] == "/login/?next=/orders/%3Fcustomer_id%3DC-1%26order_id%3DO-1"
    assert response.content == b""
    assert erc.asked == []


@pytest.mark.parametrize(
    ("following", "lands"),
    [
        ("/orders/?customer_id=C-1&order_id=O-1", "/orders/?customer_id=C-1&order_id=O-1"),
        ("", "/orders/"),
        ("https://attacker.example/", "/orders/"),
        ("//attacker.example/", "/orders/"),
        ("/\\attacker.example/", "/orders/"),
        ("javascript:alert(1)", "/orders/"),
    ],
)
def test_sign_in_goes_on_to_next_and_nowhere_else(client: Client, agent: User, following: str, lands: str) -> None:
    credentials = {"username": "agent", "password": "correct horse battery", "next": following}

    response = client.post("/login/", credentials)

    assert (response.status_code, response["Location"]) == (302, lands)


@pytest.mark.django_db
def test_refused_sign_in_says_so_without_naming_what_was_wrong(client: Client, agent: User) -> None:
    wrong = soup(client.post("/login/", {"username": "agent", "password": "wrong"}))
    unknown = soup(client.post("/login/", {"username": "nobody", "password": "wrong"}))

    assert text(wrong, "[role=alert]") == text(unknown, "[role=alert]")


def test_sign_out_ends_the_session(browser: Client, erc: StubErc) -> None:
    browser.post("/logout/")

    assert browser.get("/orders/", LOOKUP).status_code == 302


def test_pages_with_customer_data_are_never_stored_and_carry_the_policy(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP)

    policy = response["Content-Security-Policy"]
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(",", " ").split())
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_health_and_readiness_need_no_sign_in(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_names_what_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", broken)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready: database\n")


def test_forms_of_a_page_share_one_masked_token_and_the_next_page_has_another(browser: Client) -> None:
    pages = [soup(browser.get("/orders/")) for _ in range(2)]

    tokens = [{str(field["value"]) for field in page.select("[name=csrfmiddlewaretoken]")} for page in pages]

    assert [len(one) for one in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
