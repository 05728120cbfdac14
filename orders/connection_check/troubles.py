"""Explains the failures that any call of the API may meet."""

from __future__ import annotations

from django.utils.translation import gettext

from orders.audit.redaction import redact
from orders.connection_check.steps import FAILED, StepResult
from orders.erc.errors import BadRequest, ErcError, InvalidResponse, RateLimited, TimedOut
from orders.presenters.text import clean

_MAX_WORDS = 200


def upstream_words(error: ErcError) -> str:
    """Give the API's own words as the end of a finding."""
    words = clean(redact(" ".join(filter(None, (error.code, error.upstream_message)))))[:_MAX_WORDS]
    return f": {words}" if words else "."


def explain_trouble(error: ErcError) -> StepResult:
    """Say what is wrong and what to do, where the call was neither answered nor refused."""
    told = upstream_words(error)
    if isinstance(error, BadRequest):
        return StepResult(
            FAILED, gettext("The API did not accept what was asked") + told, gettext("Check both ids.")
        )
    if isinstance(error, RateLimited):
        finding = gettext("The answer was 429: too many requests")
        return StepResult(FAILED, finding + told, gettext("Wait a little, and check again."))
    if isinstance(error, TimedOut):
        advice = gettext("Check again later; if it stays so, ask the provider, and your network’s people.")
        return StepResult(FAILED, gettext("No complete answer came in time") + told, advice)
    if isinstance(error, InvalidResponse):
        advice = gettext("Check the address: another server, or a proxy in between, may have answered.")
        finding = gettext("The answer is not what the API sends")
        return StepResult(FAILED, f"{finding} ({error}){told}", advice)
    if error.status:
        finding = gettext("The server has a problem (%(status)d)") % {"status": error.status}
        return StepResult(FAILED, finding + told, gettext("Check again later; if it stays so, ask the provider."))
    advice = gettext(
        "Check the address, and whether a firewall or proxy of your network breaks the connection off."
    )
    finding = gettext("The connection broke off")
    return StepResult(FAILED, f"{finding} ({error})", advice)
