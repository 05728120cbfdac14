"""The step that gets a new token, and the scopes that it has."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from orders.connection_check.calls import Called, Calls
from orders.connection_check.endpoints import loss_without
from orders.connection_check.steps import FAILED, OK, WARNING, StepResult
from orders.connection_check.troubles import explain_trouble, upstream_words
from orders.erc.errors import ErcError, NotAllowed
from orders.erc.paths import ITEMS_SCOPE, SCOPES
from orders.presenters.text import clean


def check_token(calls: Calls) -> StepResult:
    """Get a new token; report its life and its scopes, and what is lost by those that it lacks."""
    called = calls.authenticate()
    if called.error:
        return _explain(called.error)
    finding = _describe(called)
    scope = called.said.get("scope")
    if isinstance(scope, str) and ITEMS_SCOPE not in scope.split():
        advice = gettext("Add the scope %(scope)s to the client.") % {"scope": ITEMS_SCOPE}
        return StepResult(FAILED, finding, advice)
    lacking = calls.lacking_scopes()
    if not lacking:
        return StepResult(OK, finding)
    listed = {"scopes": ", ".join(lacking)}
    refused = gettext("Not granted: %(scopes)s.") % listed
    advice = gettext(
        "Add to the client what it lacks of these, and wait some minutes; or name in ERC_SCOPES those that it has."
    )
    return StepResult(WARNING, f"{finding} {refused}", " ".join([*losses_without(lacking), advice]))


def losses_without(scopes: Iterable[str]) -> list[str]:
    """Say what agents lose where a token lacks these scopes."""
    lacking = frozenset(scopes)
    return [loss_without(endpoint) for endpoint, scope in SCOPES.items() if scope in lacking]


def _describe(called: Called) -> str:
    life = called.said.get("expires_in")
    words = {
        "life": life if isinstance(life, int | float) else "?",
        "scope": clean(str(called.said.get("scope") or "–"))[:200],
    }
    return gettext("A token that lives %(life)s s, with the scope %(scope)s.") % words


def _explain(error: ErcError) -> StepResult:
    told = upstream_words(error)
    if isinstance(error, NotAllowed) and error.status in (400, 401):
        if "scope" in told.lower():
            advice = gettext(
                "Add the scope %(scope)s to the client. A scope that was only just added takes some minutes "
                "to work."
            )
            return StepResult(FAILED, gettext("The scope was refused") + told, advice % {"scope": ITEMS_SCOPE})
        advice = gettext(
            "Check ERC_CLIENT_ID with its secret, or with ERC_PRIVATE_KEY and ERC_KEY_ID. If the scope was only "
            "just added to the client, wait some minutes: until then the token endpoint answers 401."
        )
        return StepResult(
            FAILED, gettext("The client was refused (%(status)d)") % {"status": error.status} + told, advice
        )
    if isinstance(error, NotAllowed):
        advice = gettext("Check the account’s name and the region in ERC_TOKEN_URL.")
        return StepResult(FAILED, gettext("There are no tokens to be had at this address") + told, advice)
    return explain_trouble(error)
