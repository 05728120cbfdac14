"""POST /oauth/token: OAuth 2.0 client credentials (docs/api-reference.md#tokens)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ercportal.demo.sandbox.client_auth import ClientAuthenticator, UnclearClient, UnknownClient
from ercportal.demo.sandbox.scopes import ALL_SCOPES
from ercportal.demo.sandbox.tokens import TokenStore
from ercportal.demo.sandbox.wire import Answer, Headers, Refused, Request, json_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ercportal.demo.sandbox.clients import Client
    from ercportal.demo.sandbox.wire import Json

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address
FORM_TYPE = "application/x-www-form-urlencoded"

_FORM_FIELDS = frozenset({"grant_type", "scope", "client_assertion_type", "client_assertion"})
_NOT_STORED: Headers = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))


class TokenEndpoint:
    """Answers requests for a token: 200 with the token, 400 and 401 with `error` and `error_description`."""

    def __init__(self, tokens: TokenStore) -> None:
        self._tokens = tokens
        self._clients = ClientAuthenticator()

    def answer(self, request: Request) -> Answer:
        """The answer to any request on the token's address."""
        if request.method != "POST":
            return _refusal(405, "invalid_request", "Only POST is supported here.", (("Allow", "POST"),))
        try:
            form = _read_form(request)
            return self._grant(self._authenticate(request, form), form)
        except Refused as refused:
            return refused.answer

    def _authenticate(self, request: Request, form: Mapping[str, str]) -> Client:
        token_url = request.base_url + TOKEN_PATH
        try:
            return self._clients.authenticate(request.headers.get("authorization"), form, token_url)
        except UnclearClient as error:
            raise Refused(_refusal(400, "invalid_request", str(error))) from None
        except UnknownClient as error:
            challenge = (("WWW-Authenticate", 'Basic realm="sandbox"'),)
            raise Refused(_refusal(401, "invalid_client", str(error), challenge)) from None

    def _grant(self, client: Client, form: Mapping[str, str]) -> Answer:
        if form["grant_type"] != "client_credentials":
            return _refusal(400, "unsupported_grant_type", "Only client_credentials is supported.")
        scopes = frozenset(form.get("scope", "").split())
        if not scopes or not scopes <= ALL_SCOPES:
            return _refusal(400, "invalid_scope", "The scope is missing or unknown.")
        if not scopes <= client.scopes:
            return _scope_of_others(client, scopes - client.scopes)
        granted: dict[str, Json] = {
            "access_token": self._tokens.issue(scopes),
            "token_type": "Bearer",
            "expires_in": self._tokens.life,
            "scope": " ".join(sorted(scopes)),
        }
        return json_answer(200, granted, _NOT_STORED)


def _read_form(request: Request) -> dict[str, str]:
    if request.query:
        raise _bad_form("The token request takes no query.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise _bad_form(f"The Content-Type must be {FORM_TYPE}.")
    try:
        pairs = parse_qsl(
            request.body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict"
        )
    except ValueError:
        raise _bad_form("The form cannot be read.") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _bad_form("A form field was sent twice.")
    unknown = sorted(form.keys() - _FORM_FIELDS)
    if unknown:
        raise _bad_form(f"Unknown form field: {', '.join(unknown)}.")
    if "grant_type" not in form:
        raise _bad_form("grant_type is missing.")
    return form


def _scope_of_others(client: Client, lacking: frozenset[str]) -> Answer:
    error = "unauthorized_client" if client.status_of_lack == 401 else "invalid_scope"
    return _refusal(client.status_of_lack, error, f"The client does not have {', '.join(sorted(lacking))}.")


def _bad_form(description: str) -> Refused:
    return Refused(_refusal(400, "invalid_request", description))


def _refusal(status: int, error: str, description: str, headers: Headers = ()) -> Answer:
    body = {"error": error, "error_description": description}
    return json_answer(status, body, _NOT_STORED + headers)
