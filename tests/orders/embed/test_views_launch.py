"""The launch: from a token to the panel, and who may frame it."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.launching import ORIGIN, rsa_key, token
from tests.support.pages import HTMX, one, soup, text
from tests.support.panels import OWN, embed_token, fed, launched, policy, refused
from tests.support.stub_erc import Reply, StubErc


def test_launch_paints_the_customer_at_once_and_asks_the_api_nothing(client: Client, erc: StubErc) -> None:
    response = launched(client)

    html = soup(response)
    assert response.status_code == 200
    assert text(html, ".panel-who") == "Customer C-1"
    assert html.select(".skeleton")
    assert one(html, "#results")["hx-get"] == "/embed/orders/?customer_id=C-1&order_id=O-1"
    assert erc.asked == erc.token_asked == []


def test_launch_by_address_shows_the_same_panel(client: Client, erc: StubErc) -> None:
    response = client.get("/embed/", {"token": token()})

    assert text(soup(response), ".panel-who") == "Customer C-1"


def test_relaunch_by_the_panels_script_is_the_panel_alone(client: Client) -> None:
    response = launched(client, **HTMX)

    assert response.content.lstrip().startswith(b'<div id="panel"')
    assert "HX-Request" in response["Vary"]


def test_launch_without_an_order_opens_the_list_and_has_the_form_in_case_it_cannot_be_had(
    client: Client, erc: StubErc
) -> None:
    html = soup(launched(client, token(order_id=None)))

    assert one(html, "#results")["hx-get"] == "/embed/customers/?customer_id=C-1&first=1"
    assert "panel-else" in one(html, "form.lookup")["class"]
    assert erc.everything_asked == []


def test_launch_without_an_order_offers_the_lookup_where_the_account_lacks_the_list(
    client: Client, erc: StubErc
) -> None:
    erc.answers_at("customer_orders", Reply(403))
    fed(client, embed_token(client, order_id=None), "/embed/customers/")

    html = soup(launched(client, token(order_id=None)))

    assert "panel-else" not in one(html, "form.lookup")["class"]
    assert one(html, "[name=customer_id]")["type"] == "hidden"
    assert one(html, "[name=customer_id]")["value"] == "C-1"
    assert one(html, "form.lookup")["hx-get"] == "/embed/orders/"
    assert not one(html, "#results").has_attr("hx-get")


def test_panel_has_the_theme_of_the_launch_and_no_other(client: Client) -> None:
    assert one(soup(launched(client, token(theme="dark"))), "#panel")["data-theme"] == "dark"
    assert one(soup(launched(client, token(theme="<b>"))), "#panel")["data-theme"] == ""


def test_hostile_ids_are_harmless_in_the_panel(client: Client) -> None:
    html = soup(launched(client, token(customer_id='"><script>x</script>\u202e'[:-1], order_id="&#a=b/.../é")))

    assert not html.select("#panel script")
    assert parse_qs(urlsplit(str(one(html, "#results")["hx-get"])).query)["order_id"] == ["&#a=b/.../é"]


@pytest.mark.parametrize("how", ["post", "address", "script"])
def test_launch_token_opens_once(client: Client, how: str) -> None:
    spent = token()
    launched(client, spent)

    if how == "address":
        again = client.get("/embed/", {"token": spent})
    else:
        again = launched(client, spent, **(HTMX if how == "script" else {}))

    assert again.status_code == 401
    assert refused(again) == "launch-replayed"
    assert one(soup(again), "#panel").has_attr("data-relaunch")
    assert "C-1" not in again.content.decode()


@pytest.mark.parametrize(
    ("claims", "status", "code"),
    [
        ({"iat": int(time.time()) - 400, "exp": int(time.time()) - 200}, 401, "launch-expired"),
        ({"iat": int(time.time()) + 3600, "exp": int(time.time()) + 3700}, 401, "launch-not-yet"),
        ({"aud": "elsewhere"}, 403, "launch-audience"),
        ({"iss": "nobody"}, 403, "launch-untrusted"),
        ({"exp": int(time.time()) + 90000}, 403, "launch-too-long"),
        ({"customer_id": None}, 400, "launch-claims"),
        ({"name": "x" * 5000}, 400, "launch-too-large"),
    ],
)
def test_refused_launch_says_what_to_do_with_a_code_and_nothing_of_the_customer(
    client: Client, erc: StubErc, claims: dict[str, Any], status: int, code: str
) -> None:
    response = launched(client, token(**{"customer_id": "C-planted", "order_id": "O-planted", **claims}))

    html = soup(response)
    assert response.status_code == status
    assert refused(response) == code
    assert code in text(html, "[role=alert]")
    assert str(response["X-Correlation-ID"]) in text(html, "[role=alert]")
    assert "planted" not in response.content.decode()
    assert not html.select("[data-embed-token]")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_body_beyond_all_bounds_is_a_token_that_is_too_large(client: Client, headers: dict[str, str]) -> None:
    response = launched(client, "x" * 3_000_000, **headers)

    assert (response.status_code, refused(response)) == (400, "launch-too-large")


def test_form_of_too_many_fields_is_refused_by_its_code(client: Client) -> None:
    response = client.post("/embed/launch", {f"field-{number}": "" for number in range(1100)})

    assert (response.status_code, refused(response)) == (400, "launch-too-large")


@pytest.mark.parametrize("path", ["/embed/", "/embed/?token=", "/embed/?other=1"])
def test_address_without_a_token_says_to_open_the_panel_anew(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, refused(response)) == (400, "launch-missing")


@pytest.mark.parametrize(("method", "path"), [("get", "/embed/launch"), ("post", "/embed/"), ("head", "/embed/")])
def test_launch_by_another_method_is_refused(client: Client, method: str, path: str) -> None:
    spent = token()

    response = getattr(client, method)(path, {"token": spent})

    assert response.status_code == 405
    assert launched(client, spent).status_code == 200


@pytest.mark.parametrize(
    ("destination", "debug", "status"),
    [
        ("iframe", False, 200),
        ("frame", False, 200),
        ("fencedframe", False, 200),
        ("fenced", False, 403),
        ("embed", False, 403),
        ("empty", False, 200),
        ("document", False, 403),
        ("document", True, 200),
    ],
)
def test_panel_opens_in_a_frame_only_and_as_a_page_for_development(
    client: Client, settings: Settings, destination: str, debug: bool, status: int
) -> None:
    settings.DEBUG = debug
    spent = token()

    response = launched(client, spent, **{"Sec-Fetch-Dest": destination})

    assert response.status_code == status
    if status == 403:
        assert refused(response) == "launch-not-framed"
        assert launched(client, spent, **{"Sec-Fetch-Dest": "iframe"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://attacker.example"},
        {"Origin": "https://a.other.example"},
        {"Origin": "https://desk.example:8443"},
        {"Referer": "http://desk.example/"},
        {"Referer": "https://attacker.example/desk.example"},
    ],
)
def test_launch_from_a_page_of_another_is_refused_and_spends_nothing(
    client: Client, headers: dict[str, str]
) -> None:
    good = token(customer_id="C-planted")

    response = launched(client, good, **headers)

    assert (response.status_code, refused(response)) == (403, "launch-origin")
    assert "planted" not in response.content.decode()
    assert policy(response) == ORIGIN
    assert launched(client, good, Origin=ORIGIN).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": ORIGIN},
        {"Origin": "HTTPS://Desk.Example"},
        {"Referer": ORIGIN + "/calls"},
        {"Referer": "broken"},
        {"Referer": "//desk"},
    ],
)
def test_launch_is_taken_from_the_hosts_page_and_where_the_browser_names_none(
    client: Client, headers: dict[str, str]
) -> None:
    assert launched(client, **headers).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"), [(ORIGIN, 200), ("https://a.other.example", 403), ("https://attacker.example", 403)]
)
def test_relaunch_is_taken_from_messages_of_the_tokens_own_host(client: Client, origin: str, status: int) -> None:
    response = client.post(
        "/embed/launch", {"token": token(), "origin": origin}, headers={**HTMX, "Origin": "http://testserver"}
    )

    assert response.status_code == status


def test_panel_can_be_framed_by_its_host_only(client: Client) -> None:
    desk = launched(client)
    other = launched(client, token(rsa_key(), "RS256", {"kid": "rs"}, iss="other-desk"))

    assert policy(desk) == ORIGIN
    assert policy(other) == "https://*.other.example"
    assert "X-Frame-Options" not in desk


@pytest.mark.parametrize("spent_before", [True, False])
def test_refusal_of_a_known_host_can_be_framed_by_it(client: Client, spent_before: bool) -> None:
    bad = token() if spent_before else token(aud="elsewhere")
    launched(client, bad)

    assert policy(launched(client, bad)) == ORIGIN


@pytest.mark.parametrize("path", ["/", "/orders/", "/login/", "/admin/", "/healthz", "/nothing", "/embed/nothing"])
def test_no_other_page_can_be_framed(client: Client, path: str) -> None:
    response = client.get(path, {"token": token()}, headers={"Origin": ORIGIN, "Embed-Token": "x"})

    assert policy(response) == "'none'"
    assert response["X-Frame-Options"] == "DENY"


def test_items_cannot_be_framed(client: Client, erc: StubErc) -> None:
    response = fed(client, embed_token(client), **OWN)

    assert policy(response) == "'none'"
    assert response["X-Frame-Options"] == "DENY"
