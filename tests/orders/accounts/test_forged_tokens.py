from __future__ import annotations

import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.accounts import sso
from tests.support.log_lines import Lines
from tests.support.oidc_provider import CLIENT_ID, ScriptedProvider
from tests.support.pages import one, soup, text
from tests.support.stub_erc import Reply

pytestmark = pytest.mark.django_db


def signed_in(client: Client, scripted: ScriptedProvider) -> Any:
    state = scripted.began(client.get("/sso/")["Location"])
    return client.get("/sso/callback", {"state": state, "code": "planted-code"})


def reason(response: Any) -> str:
    return str(one(soup(response), "[data-reason]")["data-reason"])


def test_token_as_it_should_be_signs_in(client: Client, scripted: ScriptedProvider) -> None:
    assert signed_in(client, scripted).status_code == 302
    assert User.objects.get().username.startswith("subject-1")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another"}, "audience"),
        ({"aud": "another", "azp": CLIENT_ID}, "audience"),
        ({"aud": [CLIENT_ID, "another"], "azp": "another"}, "audience"),
        ({"aud": None}, "audience"),
        ({"iss": "https://attacker.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "claims"),
        ({"sub": None}, "claims"),
        ({"sub": ""}, "claims"),
        ({"sub": "s" * 256}, "claims"),
        ({"iat": time.time() + 3600}, "claims"),
    ],
)
def test_token_with_a_wrong_claim_is_refused(
    client: Client, scripted: ScriptedProvider, log: Lines, claims: dict[str, Any], why: str
) -> None:
    scripted.claims = claims

    response = signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (502, why)
    assert text(soup(response), "code") == response["X-Correlation-ID"]
    assert [entry["reason"] for entry in log.entries("single sign-on refused")] == [why]
    assert "planted" not in "".join(log.lines)
    assert not User.objects.exists()
    assert "_auth_user_id" not in client.session


def test_token_that_another_key_signed_is_refused(client: Client, scripted: ScriptedProvider) -> None:
    scripted.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    response = signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (502, "signature")
    assert not User.objects.exists()


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "s" * 40)])
def test_token_without_a_signature_of_a_key_pair_is_refused(
    client: Client, scripted: ScriptedProvider, algorithm: str, key: str | None
) -> None:
    scripted.algorithm, scripted.key = algorithm, key

    response = signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (502, "token")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("reply", "status", "why"),
    [
        (Reply(status=400, content={"error": "invalid_grant"}), 400, "code"),
        (Reply(status=401, content={"error": "invalid_client"}), 502, "client"),
        (Reply(status=400, content={"error": "planted"}), 502, "provider"),
        (Reply(status=503, content={}), 503, "unreachable"),
        (Reply(content=b"<html>planted"), 502, "provider"),
        (Reply(content=["planted"]), 502, "provider"),
        (Reply(content={"access_token": "planted", "token_type": "Bearer"}), 502, "token"),
        (Reply(content={"access_token": "planted", "token_type": "Bearer", "id_token": "planted"}), 502, "token"),
        (Reply(content={"access_token": "planted", "token_type": "Bearer", "id_token": 7}), 502, "token"),
        (Reply(status=307, headers={"Location": "/oauth/token"}), 503, "unreachable"),
    ],
)
def test_token_endpoint_that_misbehaves_is_told(
    client: Client, scripted: ScriptedProvider, log: Lines, reply: Reply, status: int, why: str
) -> None:
    scripted.token_reply = reply

    response = signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (status, why)
    assert "planted" not in "".join(log.lines) + response.content.decode()


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({"issuer": "https://attacker.example"}, "issuer"),
        ({"issuer": None}, "issuer"),
        ({"token_endpoint": None}, "provider"),
        ({"jwks_uri": "file:///etc/passwd"}, "provider"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "provider"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "signature"),
    ],
)
def test_metadata_that_cannot_be_used_starts_nothing(
    client: Client, scripted: ScriptedProvider, metadata: dict[str, Any], why: str
) -> None:
    scripted.metadata = metadata

    response = client.get("/sso/")

    assert (response.status_code, reason(response)) == (502, why)


def test_metadata_with_a_slash_after_the_issuer_is_taken(client: Client, scripted: ScriptedProvider) -> None:
    scripted.metadata = {"issuer": f"{scripted.issuer}/"}
    scripted.claims = {"iss": f"{scripted.issuer}/"}

    assert signed_in(client, scripted).status_code == 302


def test_metadata_cannot_change_how_the_portal_asks(client: Client, scripted: ScriptedProvider) -> None:
    scripted.metadata = {"code_challenge_method": None, "scope": "everything", "verify": False}

    address = client.get("/sso/")["Location"]

    assert "code_challenge_method=S256" in address
    assert "everything" not in address


def test_answer_with_another_state_is_refused(client: Client, scripted: ScriptedProvider) -> None:
    scripted.began(client.get("/sso/")["Location"])

    answers = [client.get("/sso/callback", query) for query in ({"code": "c", "state": "x"}, {"code": "c"}, {})]

    assert {(answer.status_code, reason(answer)) for answer in answers} == {(400, "state")}


def test_error_of_the_provider_is_told_without_its_words(client: Client, scripted: ScriptedProvider) -> None:
    query = {"error": "planted_error", "error_description": "planted words"}

    response = client.get("/sso/callback", query)

    assert (response.status_code, reason(response)) == (502, "provider")
    assert b"planted" not in response.content


def test_provider_that_does_not_answer_is_given_up(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sso, "_TIMEOUT_SECONDS", 0.2)
    scripted.token_reply = Reply(delay=1, content={})

    response = signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (503, "unreachable")


def test_key_that_the_provider_added_later_is_found(client: Client, scripted: ScriptedProvider) -> None:
    assert signed_in(client, scripted).status_code == 302
    scripted.new_key("k2")

    assert signed_in(Client(), scripted).status_code == 302


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "jane@example.com"}, "jane@example.com"),
        ({"preferred_username": "a b/c\n<d>"}, "a-b-c-d"),
        ({"preferred_username": " "}, "subject-1"),
        ({"preferred_username": ["x"]}, "subject-1"),
        ({"preferred_username": "/"}, "agent"),
        ({"preferred_username": "n" * 500}, "n" * 60),
    ],
)
def test_user_name_is_readable_and_valid(
    client: Client, scripted: ScriptedProvider, claims: dict[str, Any], name: str
) -> None:
    scripted.claims = claims

    signed_in(client, scripted)

    account = User.objects.get()
    assert account.username == name
    account.full_clean(exclude=["password"])


def test_token_is_asked_for_in_the_way_that_the_provider_knows(
    client: Client, scripted: ScriptedProvider, settings: Settings
) -> None:
    scripted.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

    signed_in(client, scripted)

    (asked,) = scripted.stub.token_asked
    assert f"client_secret={settings.OIDC_CLIENT_SECRET}" in asked.body
    assert "code_verifier=" in asked.body
    assert "Authorization" not in asked.headers
