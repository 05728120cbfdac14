"""The token endpoint takes what docs/api-reference.md#tokens describes and nothing else."""

from __future__ import annotations

import base64
import time

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from ercportal.demo.sandbox.clients import (
    ITEMS_CLIENT_ID,
    ITEMS_CLIENT_SECRET,
    OTHER_ITEMS_CLIENT_ID,
    private_key,
    private_key_base64,
)
from ercportal.demo.sandbox.server import SandboxServer
from tests.ercportal.demo.sandbox.family_client import ACCOUNT_SCOPE, ALL_SCOPES, CUSTOMER_SCOPE
from tests.support.api_client import ASSERTION_TYPE, GRANT, SCOPE, ApiClient, assertion, key_form


def test_token_with_basic_is_granted(api: ApiClient) -> None:
    answer = api.ask_token()

    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert body.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 600, SCOPE)


def test_token_with_key_is_granted_and_opens_items(api: ApiClient) -> None:
    answer = api.ask_token(key_form(assertion(api.sandbox.token_url)), auth=None)

    assert answer.status_code == 200
    assert api.items("C-1001", "A-20731", token=answer.json()["access_token"]).status_code == 200


def test_tokens_are_different_every_time(api: ApiClient) -> None:
    assert api.fresh_token() != api.fresh_token()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_token_by_other_method_is_refused(api: ApiClient, method: str) -> None:
    answer = requests.request(method, api.sandbox.token_url, timeout=5)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"scope": SCOPE}, "invalid_request"),
        ({**GRANT, "grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_scope"),
        ({**GRANT, "scope": ""}, "invalid_scope"),
        ({**GRANT, "scope": "everything"}, "invalid_scope"),
        ({**GRANT, "scope": f"{SCOPE} everything"}, "invalid_scope"),
        ({**GRANT, "audience": "me"}, "invalid_request"),
        ({**GRANT, "client_id": "sandbox-client"}, "invalid_request"),
        ([*GRANT.items(), ("scope", SCOPE)], "invalid_request"),
        ("", "invalid_request"),
    ],
)
def test_token_with_wrong_form_is_bad_request(api: ApiClient, form: object, error: str) -> None:
    answer = api.ask_token(form)

    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert answer.json()["error_description"]


def test_token_with_json_body_is_bad_request(api: ApiClient) -> None:
    answer = requests.post(api.sandbox.token_url, json=GRANT, auth=("sandbox-client", "sandbox-secret"), timeout=5)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_token_with_query_is_bad_request(api: ApiClient) -> None:
    assert api.ask_token(params={"x": "1"}).status_code == 400


@pytest.mark.parametrize(
    "auth", [("sandbox-client", "wrong"), ("other", "sandbox-secret"), ("sandbox-key-client", "")]
)
def test_token_with_wrong_secret_is_unauthorized(api: ApiClient, auth: tuple[str, str]) -> None:
    answer = api.ask_token(auth=auth)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Basic !!!", "Basic", "Bearer abc", "Digest x=y"])
def test_token_with_unreadable_authorization_is_unauthorized(api: ApiClient, header: str) -> None:
    answer = api.ask_token(auth=None, headers={"Authorization": header})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_token_without_client_authentication_is_unauthorized(api: ApiClient) -> None:
    answer = api.ask_token(auth=None)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_token_with_both_client_authentications_is_bad_request(api: ApiClient) -> None:
    answer = api.ask_token(key_form(assertion(api.sandbox.token_url)))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    "form",
    [
        {**GRANT, "client_assertion_type": ASSERTION_TYPE},
        {**GRANT, "client_assertion": "x.y.z"},
        {**GRANT, "client_assertion": "x.y.z", "client_assertion_type": "jwt-bearer"},
    ],
)
def test_token_with_half_an_assertion_is_bad_request(api: ApiClient, form: dict[str, str]) -> None:
    assert api.ask_token(form, auth=None).status_code == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "other"},
        {"sub": "other"},
        {"aud": "http://other.example/oauth/token"},
        {"aud": None},
        {"jti": None},
        {"jti": "not-a-uuid"},
        {"iat": None},
        {"exp": None},
        {"kid": "other-key"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"key": "a shared secret that is long enough for it", "alg": "HS256"},
    ],
)
def test_token_with_wrong_assertion_is_unauthorized(api: ApiClient, claims: dict[str, object]) -> None:
    token = assertion(api.sandbox.token_url, **claims)  # type: ignore[arg-type]

    answer = api.ask_token(key_form(token), auth=None)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(("iat", "exp"), [(0, 3600), (-400, -100), (200, 400)])
def test_token_with_assertion_of_another_time_is_unauthorized(api: ApiClient, iat: int, exp: int) -> None:
    now = int(time.time())
    token = assertion(api.sandbox.token_url, iat=now + iat, exp=now + exp)

    answer = api.ask_token(key_form(token), auth=None)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_token_with_garbage_assertion_is_unauthorized(api: ApiClient) -> None:
    assert api.ask_token(key_form("garbage"), auth=None).status_code == 401


def test_token_with_replayed_assertion_is_unauthorized(api: ApiClient) -> None:
    form = key_form(assertion(api.sandbox.token_url))
    first = api.ask_token(form, auth=None)

    second = api.ask_token(form, auth=None)

    assert (first.status_code, second.status_code) == (200, 401)


def test_assertion_for_another_name_of_the_server_needs_that_name(api: ApiClient) -> None:
    other_url = api.sandbox.token_url.replace("127.0.0.1", "localhost")
    form = key_form(assertion(other_url))

    host = other_url.split("/")[2]
    answer = api.ask_token(form, auth=None, headers={"Host": host})

    assert answer.status_code == 200


def test_assertion_within_the_clock_leeway_is_taken(api: ApiClient) -> None:
    now = int(time.time())
    form = key_form(assertion(api.sandbox.token_url, iat=now - 310, exp=now - 10))

    assert api.ask_token(form, auth=None).status_code == 200


def test_token_after_its_life_is_refused() -> None:
    with SandboxServer(token_life=1) as sandbox, ApiClient(sandbox) as api:
        token = api.fresh_token()
        before = api.items("C-1001", "A-20731", token=token)
        time.sleep(1.05)

        after = api.items("C-1001", "A-20731", token=token)

    assert (before.status_code, after.status_code) == (200, 401)


def test_tokens_that_are_expired_by_hand_are_refused(own_api: ApiClient) -> None:
    token = own_api.fresh_token()
    own_api.sandbox.expire_tokens()

    assert own_api.items("C-1001", "A-20731", token=token).status_code == 401


@pytest.mark.parametrize("form", ["basic", "key"])
def test_token_for_several_scopes_is_granted_for_just_those(api: ApiClient, form: str) -> None:
    scope = f"{ACCOUNT_SCOPE} {SCOPE}"
    if form == "basic":
        answer = api.ask_token({**GRANT, "scope": scope})
    else:
        answer = api.ask_token({**key_form(assertion(api.sandbox.token_url)), "scope": scope}, auth=None)

    assert answer.status_code == 200
    assert set(answer.json()["scope"].split()) == {ACCOUNT_SCOPE, SCOPE}


@pytest.mark.parametrize(
    ("client_id", "status", "error"),
    [(ITEMS_CLIENT_ID, 401, "unauthorized_client"), (OTHER_ITEMS_CLIENT_ID, 400, "invalid_scope")],
)
@pytest.mark.parametrize("scope", [ALL_SCOPES, ACCOUNT_SCOPE, f"{SCOPE} {CUSTOMER_SCOPE}"])
def test_token_for_a_scope_that_the_client_does_not_have_is_refused(
    api: ApiClient, client_id: str, status: int, error: str, scope: str
) -> None:
    answer = api.ask_token({**GRANT, "scope": scope}, auth=(client_id, ITEMS_CLIENT_SECRET))

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]


@pytest.mark.parametrize("client_id", [ITEMS_CLIENT_ID, OTHER_ITEMS_CLIENT_ID])
def test_token_for_the_items_scope_is_granted_to_a_client_that_has_it_alone(
    api: ApiClient, client_id: str
) -> None:
    answer = api.ask_token(auth=(client_id, ITEMS_CLIENT_SECRET))

    assert (answer.status_code, answer.json()["scope"]) == (200, SCOPE)


@pytest.mark.parametrize("secret", ["sandbox-secret", ""])
def test_token_with_another_clients_secret_is_unauthorized(api: ApiClient, secret: str) -> None:
    answer = api.ask_token(auth=(ITEMS_CLIENT_ID, secret))

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_private_key_is_base64_of_pkcs8() -> None:
    key = load_der_private_key(base64.b64decode(private_key_base64()), password=None)

    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert key.private_numbers() == private_key().private_numbers()
