"""Tokens, as docs/api-reference.md has them: granted for credentials, and refused in words of their own."""

from __future__ import annotations

from tests.contract.shapes import require_json, require_token_error
from tests.contract.stand_ins import (
    ALL_THAT_ARE_OURS,
    EVERYTHING,
    EVERYTHING_THAT_CHECKS,
    EVERYTHING_WITH_A_CATALOGUE,
    EVERYTHING_WITH_A_FAMILY,
    GRANT,
    SCOPE,
    Api,
)
from tests.support.stub_routes import ALL_SCOPES


@EVERYTHING
def test_token_is_granted_for_client_credentials(api: Api) -> None:
    granted = require_json(api.ask_token(), 200)

    assert granted["access_token"]
    assert granted["token_type"].lower() == "bearer"
    assert granted["expires_in"] > 0
    assert SCOPE in granted["scope"].split()


@EVERYTHING_THAT_CHECKS
def test_token_is_refused_for_another_grant(api: Api) -> None:
    refused = require_token_error(api.ask_token({**GRANT, "grant_type": "password"}))

    assert refused["error"] in ("unsupported_grant_type", "unauthorized_client", "invalid_request")


@EVERYTHING_THAT_CHECKS
def test_token_is_refused_for_a_client_that_does_not_say_who_it_is(api: Api) -> None:
    refused = require_token_error(api.ask_token(auth=None))

    assert refused["error"] in ("invalid_client", "invalid_request")


@EVERYTHING_WITH_A_CATALOGUE
def test_token_is_refused_for_a_wrong_secret(api: Api) -> None:
    response = api.ask_token(auth=(api.client_id, "not-the-secret"))

    require_token_error(response)
    assert response.status_code == 401


@EVERYTHING_WITH_A_FAMILY
def test_token_is_granted_for_several_scopes_at_once(api: Api) -> None:
    granted = require_json(api.ask_token({**GRANT, "scope": ALL_SCOPES}), 200)

    assert set(granted["scope"].split()) == set(ALL_SCOPES.split())


@ALL_THAT_ARE_OURS
def test_token_is_refused_for_more_scopes_than_the_client_has(api: Api) -> None:
    client = api.items_client()

    refused = require_token_error(api.ask_token({**GRANT, "scope": ALL_SCOPES}, auth=client))
    granted = require_json(api.ask_token(auth=client), 200)

    assert refused["error"] in ("unauthorized_client", "invalid_scope")
    assert granted["scope"] == SCOPE
