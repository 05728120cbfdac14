"""What goes over the wire: a request as it came, an answer as it will leave, and the documented bodies."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | Decimal | bool | None"
"""A JSON value. Money is a `Decimal`, because a float would lose digits on the way."""

JSON_TYPE = "application/json"
Headers: TypeAlias = "tuple[tuple[str, str], ...]"

_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Json) -> bytes:
    """The value as JSON. A `Decimal` is written as a number with exactly the digits that it holds."""
    return _encoder.encode(value)


class Manner(Enum):
    """How an answer leaves the house; all but the first are faults."""

    WHOLE = auto()
    CUT_SHORT = auto()
    RESET = auto()
    SILENCE = auto()


@dataclass(frozen=True)
class Request:
    """One received request; `headers` has lower-case names, `base_url` is this server as it was addressed."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    base_url: str

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark, still percent-encoded."""
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class Answer:
    """One answer. `delay` is how many seconds pass before it leaves."""

    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: Headers = ()
    manner: Manner = Manner.WHOLE
    delay: float = 0.0


@dataclass(frozen=True)
class FieldFault:
    """One entry of `fields[]` in an error body: which parameter is wrong, and why."""

    name: str
    description: str

    def as_json(self) -> dict[str, Json]:
        return {"name": self.name, "description": self.description}


@dataclass(frozen=True)
class _Problem:
    code: str
    message: str
    headers: Headers = field(default=())


_PROBLEMS = {
    400: _Problem("bad_request", "Bad Request"),
    401: _Problem("unauthorized", "Unauthorized", (("WWW-Authenticate", 'Bearer realm="sandbox"'),)),
    403: _Problem("forbidden", "Forbidden"),
    404: _Problem("not_found", "Not Found"),
    405: _Problem("method_not_supported", "Method Not Supported"),
    413: _Problem("content_too_large", "Content Too Large"),
    429: _Problem("too_many_requests", "Too Many Requests"),
    500: _Problem("internal_error", "Internal Server Error"),
    503: _Problem("service_unavailable", "Service Unavailable"),
}


class Refused(Exception):
    """A request that ends early, with the answer that it gets."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def json_answer(status: int, value: Json, headers: Headers = ()) -> Answer:
    """An answer with a JSON body."""
    return Answer(status, encode(value), headers=headers)


def text_answer(status: int, text: str, content_type: str, headers: Headers = ()) -> Answer:
    """An answer with a body of text in UTF-8."""
    return Answer(status, text.encode(), f"{content_type}; charset=utf-8", headers)


def error_answer(
    status: int, description: str, fields: Iterable[FieldFault] = (), headers: Headers = ()
) -> Answer:
    """The documented error body, with `fields` where some are at fault (docs/api-reference.md#errors)."""
    problem = _PROBLEMS[status]
    body: dict[str, Json] = {"code": problem.code, "message": problem.message, "description": description}
    listed = [entry.as_json() for entry in fields]
    if listed:
        body["fields"] = listed
    return json_answer(status, body, problem.headers + headers)


def method_refused(allowed: str) -> Answer:
    """405 with the documented body and the `Allow` header."""
    return error_answer(405, f"Only {allowed} is supported here.", headers=(("Allow", allowed),))
