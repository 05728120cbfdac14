"""What Salesforce's page gets for a signed request that it posts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry, Proof, UsedLaunch
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, one, soup, text
from tests.support.panels import fed, policy, refused
from tests.support.salesforce import ADDRESS, ORIGIN, USER, about, launched, register_app, request
from tests.support.stub_erc import StubErc

pytestmark = pytest.mark.usefixtures("_app")


@pytest.fixture
def _app(settings: Settings) -> None:
    register_app(settings)


def embed_token(client: Client, text: str = "") -> str:
    """The embed token of a launch."""
    return str(one(soup(launched(client, text)), "#panel")["data-embed-token"])


def test_panel_of_the_customer_is_shown_to_the_configured_origins_alone(client: Client) -> None:
    response = launched(client)

    panel = one(soup(response), "#panel")
    assert response.status_code == 200
    assert policy(response) == ORIGIN
    assert panel["data-customer-id"] == "C-1"
    assert panel["data-launch"] == ADDRESS
    assert panel["lang"] == "de"
    assert "Set-Cookie" not in response


def test_page_loads_the_script_of_its_kind_alone(client: Client) -> None:
    scripts = [str(tag["src"]) for tag in soup(launched(client)).select("script[src]")]

    assert [src for src in scripts if "/embed/kinds/" in src or "contact" in src] == [
        src for src in scripts if "/embed/kinds/salesforce." in src
    ]
    assert any("/embed/kinds/salesforce." in src for src in scripts)


def test_access_is_logged_with_the_agent_and_as_signed(client: Client, erc: StubErc) -> None:
    fed(
        client,
        embed_token(client, about({"customer_id": "C-1", "order_id": "O-1"})),
        customer_id="C-1",
        order_id="O-1",
    )

    entry = AccessLogEntry.objects.get(kind="items")
    assert (entry.host, entry.agent, entry.proof) == ("sf", USER, Proof.SIGNED)


def test_panel_of_an_order_reaches_no_other(client: Client, erc: StubErc) -> None:
    embed = embed_token(client, about({"customer_id": "C-1", "order_id": "O-1"}))

    assert refused(fed(client, embed, customer_id="C-1", order_id="O-2")) == "session-other-order"
    assert refused(fed(client, embed, "/embed/customers/", customer_id="C-1")) == "session-other-order"


def test_script_of_the_desktop_cannot_name_another_customer(client: Client) -> None:
    embed = embed_token(client)

    response = client.post("/embed/sf/context", {"customer_id": "C-2"}, headers={**HTMX, "Embed-Token": embed})

    assert refused(response) == "context-signed-only"


def test_request_counts_once(client: Client) -> None:
    signed = request()

    assert launched(client, signed).status_code == 200
    again = launched(client, signed)

    assert (again.status_code, refused(again)) == (401, "launch-replayed")


def test_request_counts_once_however_its_signature_is_spelled(client: Client) -> None:
    signed = request()
    launched(client, signed)
    signature, _, rest = signed.partition(".")

    again = launched(client, f"{signature.rstrip('=').translate(str.maketrans('+/', '-_'))}.{rest}")

    assert refused(again) == "launch-replayed"


def test_used_request_is_remembered_for_more_than_a_day(client: Client) -> None:
    launched(client)

    assert UsedLaunch.objects.get().expires > timezone.now() + timedelta(hours=24)


def test_form_without_the_field_is_refused_and_asks_for_a_fresh_request(client: Client) -> None:
    for form in ({}, {"token": request()}, {"signed_request": ""}):
        response = client.post(ADDRESS, form, headers={"Origin": ORIGIN})

        assert (response.status_code, refused(response)) == (400, "launch-missing")
        assert "data-relaunch" in one(soup(response), "#panel").attrs


def test_page_of_another_origin_gets_nothing_and_leaves_the_request_unused(client: Client) -> None:
    signed = request()

    response = launched(client, signed, Origin="https://acme.lightning.force.com.attacker.example")

    assert (response.status_code, refused(response)) == (403, "launch-origin")
    assert policy(response) == ORIGIN
    assert launched(client, signed).status_code == 200


def test_opened_address_says_that_the_launch_has_to_be_signed(client: Client) -> None:
    response = client.get("/embed/sf/", {"customer_id": "C-1"})

    assert (response.status_code, refused(response)) == (403, "launch-unsigned")
    assert "C-1" not in response.content.decode()


@pytest.mark.parametrize(
    ("made", "logged"),
    [
        (lambda: request("another"), "launch-signature"),
        (lambda: request(algorithm="none"), "launch-algorithm"),
    ],
)
def test_page_tells_a_stranger_nothing_of_the_keys(client: Client, log: Lines, made: object, logged: str) -> None:
    assert callable(made)

    response = launched(client, made())

    assert (response.status_code, refused(response)) == (403, "launch-untrusted")
    assert [entry["code"] for entry in log.entries("embed refused")] == [logged]


@pytest.mark.parametrize(
    ("made", "changes", "code", "status"),
    [
        (lambda: request(organization={"organizationId": "00D5e0000099xYzEAI"}), {}, "launch-organization", 403),
        (lambda: about({}), {}, "launch-claims", 400),
        (lambda: "x" * 33_000, {}, "launch-too-large", 400),
        (lambda: "junk", {}, "launch-malformed", 400),
        (request, {"revoked_agents": [USER]}, "agent-off", 403),
        (request, {"enabled": False}, "host-off", 403),
    ],
)
def test_refusal_is_shown_with_its_code_and_logged_with_the_desktop(
    client: Client,
    settings: Settings,
    log: Lines,
    made: object,
    changes: dict[str, object],
    code: str,
    status: int,
) -> None:
    assert callable(made)
    register_app(settings, **changes)

    response = launched(client, made())

    assert (response.status_code, refused(response)) == (status, code)
    assert policy(response) == ORIGIN
    assert [(entry["code"], entry["issuer"]) for entry in log.entries("embed refused")] == [(code, "sf")]


def test_refusal_is_in_the_agents_language(client: Client) -> None:
    response = launched(client, request(organization={"organizationId": "00D5e0000099xYzEAI"}))

    english = "Your agent desktop could not open this panel"
    with translation.override("de"):
        german = translation.gettext(english)
    assert one(soup(response), "#panel")["lang"] == "de"
    assert text(soup(response), "[role=alert] h1") == german != english


def test_open_panel_ends_with_its_secret_and_its_agent(client: Client, erc: StubErc, settings: Settings) -> None:
    embed = embed_token(client)
    parameters = {"customer_id": "C-1", "order_id": "O-1"}

    register_app(settings, secrets=[{"kid": "a", "secret": "the next one"}])
    assert refused(fed(client, embed, **parameters)) == "launch-unknown-key"
    register_app(settings, revoked_agents=[USER[:15]])
    assert refused(fed(client, embed, **parameters)) == "agent-off"


def test_request_is_of_no_use_at_the_address_of_another_desktop(client: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [
        *settings.EMBED_HOSTS,
        {**settings.EMBED_HOSTS[1], "slug": "other", "secrets": [{"kid": "a", "secret": "y"}]},
    ]

    response = client.post("/embed/other/launch", {"signed_request": request()}, headers={"Origin": ORIGIN})
    ours = client.post("/embed/launch", {"token": request()}, headers={"Origin": ORIGIN})

    assert refused(response) == "launch-untrusted"
    assert refused(ours) == "launch-malformed"
