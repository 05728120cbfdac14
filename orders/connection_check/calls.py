"""The steps that call the API: a new token, and one page of items."""

from __future__ import annotations

import math
from typing import Any

import msgspec
from django.core.cache.backends.dummy import DummyCache
from django.utils.translation import gettext, ngettext

from orders.audit import exchange_log
from orders.audit.access_log import Access
from orders.audit.redaction import redact
from orders.connection_check.steps import FAILED, OK, WARNING, StepResult
from orders.erc import SCOPE, CallContext, connect
from orders.erc.deadline import Deadline
from orders.erc.errors import BadRequest, ErcError, InvalidResponse, NotAllowed, RateLimited, TimedOut
from orders.erc.exchange import Exchange
from orders.erc.query import ItemsQuery
from orders.lookup.connection import erc_config
from orders.models import Source
from orders.presenters.text import clean

_SECONDS = 10.0
_MAX_WORDS = 200
_NO_ID = "connection-check"
_NOTE = "connection check: only the number of items is shown"


class Calls:
    """Calls the API with a new client and records each exchange."""

    def __init__(self, correlation_id: str) -> None:
        self._correlation_id = correlation_id
        self._last: Exchange | None = None
        self.access: Access | None = None
        """The access to record for the requested order; None without one."""
        config = msgspec.structs.replace(
            erc_config(),
            connect_timeout=5,
            read_timeout=_SECONDS,
            breaker_failures=1000,
            breaker_probe_seconds=1,
            breaker_slow_seconds=math.inf,
            retry_capacity=0,
        )
        # The check must not change the portal's shared state; the client itself holds the check's token.
        self._client = connect(config, store=DummyCache("", {}), observe=self._observe)

    def _context(self) -> CallContext:
        return CallContext(Deadline(_SECONDS), self._correlation_id)

    def _observe(self, exchange: Exchange) -> None:
        self._last = exchange
        exchange_log.observe(exchange)

    def check_token(self) -> StepResult:
        """Get a new token; report its scope and life."""
        try:
            self._client.authenticate(self._context())
        except ErcError as error:
            return _explain_token_error(error)
        said = _object(self._last)
        scope, life = said.get("scope"), said.get("expires_in")
        words = {"life": life if isinstance(life, int | float) else "?", "scope": clean(str(scope or "–"))[:200]}
        finding = gettext("A token that lives %(life)s s, with the scope %(scope)s.") % words
        if isinstance(scope, str) and SCOPE not in scope.split():
            return StepResult(
                FAILED, finding, gettext("Add the scope %(scope)s to the client.") % {"scope": SCOPE}
            )
        return StepResult(OK, finding)

    def check_items(self, customer_id: str, order_id: str) -> StepResult:
        """Get one page of an order's items; without an order, expect the API's 404."""
        is_real = bool(customer_id and order_id)
        query = ItemsQuery(customer_id=customer_id or _NO_ID, order_id=order_id or _NO_ID, limit=1)
        access = Access(customer_id, order_id, source=Source.LIVE, note=_NOTE)
        try:
            page = self._client.list_order_items(query, self._context()).page
        except ErcError as error:
            access = access._replace(outcome=error.kind)
            return _explain_items_error(error, _object(self._last), is_real=is_real)
        else:
            access = access._replace(items=len(page.items))
        finally:
            if is_real and self._last:
                self.access = access._replace(duration_ms=self._last.duration_ms)
        count, odd = len(page.items), len(page.unreadable) + len(page.defaulted)
        finding = ngettext("%(count)d item came.", "%(count)d items came.", count) % {"count": count}
        if odd:
            advice = gettext("%(odd)d parts of the answer could not be read; the inspector shows which.")
            return StepResult(WARNING, finding, advice % {"odd": odd})
        return StepResult(OK, finding)


def _explain_token_error(error: ErcError) -> StepResult:
    told = _explain(error)
    if isinstance(error, NotAllowed) and error.status in (400, 401):
        if "scope" in told.lower():
            advice = gettext(
                "Add the scope %(scope)s to the client. A scope that was only just added takes some minutes "
                "to work."
            )
            return StepResult(FAILED, gettext("The scope was refused") + told, advice % {"scope": SCOPE})
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
    return _no_answer(error, told)


def _explain_items_error(error: ErcError, body: dict[str, Any], *, is_real: bool) -> StepResult:
    told = _explain(error)
    is_the_apis = isinstance(body.get("code"), str | int) and isinstance(body.get("message"), str)
    early_access = gettext(
        "The API is in Early Access: ask your account team to enable it. Then check region and ERC_ITEMS_PATH."
    )
    if error.status == 404 and is_the_apis and not is_real:
        finding = gettext("The API answers; no order was given to look for.")
        return StepResult(OK, finding, gettext("Give a customer id and an order id to see one."))
    if error.status == 404 and is_the_apis:
        advice = gettext("Check both ids. If they are right: ") + early_access
        return StepResult(FAILED, gettext("The API knows no such order") + told, advice)
    if error.status in (403, 404):
        return StepResult(FAILED, gettext("The API does not let this account in") + told, early_access)
    if error.status == 401:
        advice = gettext("The token is good, but not here: check that ERC_API_BASE_URL is of the token’s region.")
        return StepResult(FAILED, gettext("The API refused a fresh token") + told, advice)
    if error.status == 400 and is_the_apis and not is_real:
        finding = gettext("The API answers; it does not take made-up ids.")
        return StepResult(OK, finding, gettext("Give a customer id and an order id to see one."))
    return _no_answer(error, told)


def _no_answer(error: ErcError, told: str) -> StepResult:
    if isinstance(error, BadRequest):
        return StepResult(
            FAILED, gettext("The API did not accept what was asked") + told, gettext("Check both ids.")
        )
    if isinstance(error, RateLimited):
        finding = gettext("The answer was 429: too many requests")
        return StepResult(FAILED, finding + told, gettext("Wait a little, and check again."))
    if isinstance(error, TimedOut):
        advice = gettext("Check again later; if it stays so, ask the provider, and your network’s people.")
        return StepResult(FAILED, gettext("No complete answer came within ten seconds") + told, advice)
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


def _explain(error: ErcError) -> str:
    words = clean(redact(" ".join(filter(None, (error.code, error.upstream_message)))))[:_MAX_WORDS]
    return f": {words}" if words else "."


def _object(exchange: Exchange | None) -> dict[str, Any]:
    try:
        said = msgspec.json.decode(exchange.response.body) if exchange and exchange.response else {}
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
