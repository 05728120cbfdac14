"""The inspector's views of each exchange, and of what could not be read of the last response."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings

from orders.admin.inspector.ignored_fields import ignored_fields
from orders.admin.inspector.json_tree import Node, json_tree
from orders.admin.outcomes import outcome_name
from orders.audit.redaction import redact
from orders.core.localization import gettext
from orders.erc.errors import ErcError, InvalidResponse, Response
from orders.erc.exchange import Exchange, without_credentials
from orders.erc.json_bodies import as_utf8
from orders.erc.paths import EndpointName
from orders.presenters.text import clean

_MAX_BODY = 200_000
_MAX_ERROR = 2000
_OK = 200


class AttemptView(NamedTuple):
    """One attempt: its number, its start after the call's, its duration and outcome."""

    number: int
    began: str
    took: str
    status: str
    outcome: str
    size: str


class Finding(NamedTuple):
    """A finding about the response: a title, and places with the reason for each."""

    title: str
    entries: tuple[tuple[str, str], ...]


class ExchangeView(NamedTuple):
    """One exchange. `tree` is None where the body is not JSON; `body` is the text as it came."""

    title: str
    request_line: str
    request_headers: tuple[tuple[str, str], ...]
    curl: str
    attempts: tuple[AttemptView, ...]
    error: str
    status: str
    answer_headers: tuple[tuple[str, str], ...]
    tree: Node | None
    body: str
    is_cut: bool


def exchange_view(exchange: Exchange) -> ExchangeView:
    """Make the view of an exchange without credentials, and so without the token endpoint's body."""
    answer = exchange.response
    body = _text(answer, exchange.secrets) if answer and exchange.token else ""
    return ExchangeView(
        title=f"{exchange.method} {exchange.route}",
        request_line=f"{exchange.method} {exchange.url} HTTP/1.1",
        request_headers=tuple(exchange.request_headers.items()),
        curl=_curl(exchange),
        attempts=tuple(
            AttemptView(
                one.number,
                f"+{one.began_ms:g} ms",
                f"{one.duration_ms:g} ms",
                "–" if one.status is None else str(one.status),
                outcome_name(one.outcome),
                f"{one.size} B",
            )
            for one in exchange.attempts
        ),
        error=_error(exchange.error),
        status="" if answer is None else str(answer.status),
        answer_headers=_headers(answer, exchange.secrets) if exchange.token else (),
        tree=json_tree(body),
        body=body[:_MAX_BODY],
        is_cut=len(body) > _MAX_BODY,
    )


def findings(endpoint: EndpointName, page: Any, exchanges: Iterable[Exchange]) -> tuple[Finding, ...]:
    """List what of the endpoint's last response was unreadable, left out or unknown, and why."""
    route = settings.ERC_PATHS[endpoint]
    answers = [one.response for one in exchanges if one.route == route and one.response]
    # An error's body is no page, and its fields were read.
    ignored = ignored_fields(endpoint, answers[-1].body) if answers and answers[-1].status == _OK else ()
    unknown = gettext("not known to the portal")
    found = (
        Finding(gettext("Unreadable entries"), _entries(getattr(page, "unreadable", ()))),
        Finding(gettext("Details left out"), _entries(getattr(page, "defaulted", ()))),
        Finding(gettext("Fields ignored"), tuple((clean(place), unknown) for place in ignored)),
    )
    return tuple(one for one in found if one.entries)


def _entries(problems: Iterable[object]) -> tuple[tuple[str, str], ...]:
    return tuple((clean(one.where), clean(one.reason)) for one in problems)  # type: ignore[attr-defined]


def _error(error: ErcError | None) -> str:
    if error is None:
        return ""
    told = " · ".join(filter(None, (clean(error.code), clean(error.upstream_message))))
    fields = "; ".join(f"{clean(one.name)}: {clean(one.description)}" for one in error.fields)
    words = redact(" – ".join(filter(None, (f"{type(error).__name__}: {error}", told, fields))))
    return words if len(words) <= _MAX_ERROR else words[:_MAX_ERROR] + "…"


def _headers(answer: Response | None, secrets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if answer is None:
        return ()
    shown = without_credentials(answer.headers)
    return tuple((clean(name), clean(redact(value, secrets))) for name, value in shown.items())


def _text(answer: Response, secrets: tuple[str, ...]) -> str:
    try:
        body = as_utf8(answer.body)
    except InvalidResponse:
        body = answer.body
    return redact(body.decode("utf-8", "replace"), secrets)


def _curl(exchange: Exchange) -> str:
    if not exchange.token:
        return ""
    parts = ["curl", "--include", "--header", shlex.quote("Authorization: Bearer $TOKEN").replace("'", '"')]
    parts += ["--header", shlex.quote(f"Accept: {exchange.request_headers.get('Accept', 'application/json')}")]
    return " ".join([*parts, shlex.quote(exchange.url)])
