"""Faults on purpose. For items, the order id of customer C-FAULTS says which; `family_faults` leads to the others.

A fault comes after token, scope and parameters were checked, so a client must be right to meet it. Faults
that pass ("then fine") start over after the fine answer, so that they can be met again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias, cast

from ercportal.demo.sandbox.wire import Answer, FieldFault, Manner, error_answer, json_answer, text_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ercportal.demo.sandbox.wire import Json

ELSEWHERE = "http://attacker.example"
SLOW_SECONDS = 3.0
SILENT_SECONDS = 60.0


@dataclass(frozen=True)
class Visit:
    """A request that passed every check.

    `page(start, following)` is the body from position `start`, whose next link leads to `following`; what is no
    list has one body, wherever it starts. `place` is the endpoint, `parameter` what a bad request there is about.
    """

    token: str
    position: int
    limit: int
    page: Callable[[int, int | None], dict[str, Json]]
    place: str = "items"
    parameter: str = "order_id"

    def fine(self) -> Answer:
        """The answer without any fault."""
        return json_answer(200, self.page(self.position, None))


Fault: TypeAlias = "Callable[[Faults, Visit], Answer]"


class Faults:
    """The faults of one server and how far each has come. `delay_scale` stretches or shrinks the slow ones."""

    def __init__(self, delay_scale: float = 1.0) -> None:
        self._delay_scale = delay_scale
        self._visits: Counter[tuple[str, str]] = Counter()
        self._refused_tokens: dict[str, str] = {}
        self._lock = Lock()

    def answer(self, fault: Fault | None, visit: Visit) -> Answer:
        """What a visit gets where this fault is, or none."""
        return visit.fine() if fault is None else fault(self, visit)

    def turn(self, name: str, length: int, visit: Visit) -> int:
        """Which turn of a round of `length` this visit to its place is, from 0."""
        with self._lock:
            turn = self._visits[visit.place, name]
            self._visits[visit.place, name] += 1
            return turn % length

    def refuses(self, visit: Visit) -> bool:
        """Whether the token is refused: the first one of a round is, however often; then a fresh one is not."""
        with self._lock:
            if self._refused_tokens.get(visit.place, visit.token) == visit.token:
                self._refused_tokens[visit.place] = visit.token
                return True
            del self._refused_tokens[visit.place]
            return False

    def delayed(self, answer: Answer, seconds: float) -> Answer:
        """The answer, that much later."""
        return replace(answer, delay=seconds * self._delay_scale)


def _plain(status: int, description: str) -> Fault:
    return lambda _faults, _visit: error_answer(status, description)


def _bad_request(_faults: Faults, visit: Visit) -> Answer:
    wrong = [FieldFault(visit.parameter, "has a form that this provider does not accept")]
    return error_answer(400, f"The {visit.parameter} is not valid.", wrong)


def _unsupported(_faults: Faults, _visit: Visit) -> Answer:
    return error_answer(405, "The method is not supported.", headers=(("Allow", ""),))


def _too_many(retry_after: str | None) -> Answer:
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return error_answer(429, "Too many requests were sent.", headers=headers)


def _too_many_for_a_moment(faults: Faults, visit: Visit) -> Answer:
    return _too_many("1") if faults.turn("429-short", 2, visit) == 0 else visit.fine()


def _unavailable_twice(faults: Faults, visit: Visit) -> Answer:
    if faults.turn("503-then-fine", 3, visit) < 2:
        return error_answer(503, "The service is not available at the moment.")
    return visit.fine()


def _token_expired_once(faults: Faults, visit: Visit) -> Answer:
    if faults.refuses(visit):
        return error_answer(401, "The token has expired.")
    return visit.fine()


def _gateway_page(_faults: Faults, _visit: Visit) -> Answer:
    page = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n"
    return text_answer(502, page, "text/html")


def _sign_in_page(_faults: Faults, _visit: Visit) -> Answer:
    page = "<!doctype html>\n<title>Sign in</title>\n<h1>Please sign in</h1>\n"
    return text_answer(200, page, "text/html")


def _wrong_shape(_faults: Faults, _visit: Visit) -> Answer:
    return json_answer(200, {"data": [{"sku": "MUG-0340-TL", "qty": 1}], "total": 1})


def _next_elsewhere(_faults: Faults, visit: Visit) -> Answer:
    page = visit.page(visit.position, None)
    links = cast("dict[str, dict[str, str]]", page["_links"])
    if "next" in links:
        path = "/erc/" + links["next"]["href"].partition("/erc/")[2]
        page = {**page, "_links": {**links, "next": {"href": ELSEWHERE + path}}}
    return json_answer(200, page)


def _next_repeats(_faults: Faults, visit: Visit) -> Answer:
    return json_answer(200, visit.page(0, visit.limit))


def _next_only_known(_faults: Faults, visit: Visit) -> Answer:
    return json_answer(200, visit.page(0, visit.position + visit.limit))


def _in_manner(manner: Manner) -> Fault:
    return lambda _faults, visit: replace(visit.fine(), manner=manner)


def _slow(faults: Faults, visit: Visit) -> Answer:
    return faults.delayed(visit.fine(), SLOW_SECONDS)


def _no_answer(faults: Faults, visit: Visit) -> Answer:
    return faults.delayed(replace(visit.fine(), manner=Manner.SILENCE), SILENT_SECONDS)


ITEMS_FAULTS: dict[str, Fault] = {
    "F-400": _bad_request,
    "F-401": _plain(401, "The token is not accepted."),
    "F-403": _plain(403, "This account does not have Early Access to this API."),
    "F-404": _plain(404, "There is nothing of this id."),
    "F-405": _unsupported,
    "F-429-short": _too_many_for_a_moment,
    "F-429-long": lambda _faults, _visit: _too_many("3600"),
    "F-429-bare": lambda _faults, _visit: _too_many(None),
    "F-500": _plain(500, "Something went wrong on our side."),
    "F-502-html": _gateway_page,
    "F-503-then-fine": _unavailable_twice,
    "F-slow": _slow,
    "F-no-answer": _no_answer,
    "F-html": _sign_in_page,
    "F-cut-short": _in_manner(Manner.CUT_SHORT),
    "F-reset": _in_manner(Manner.RESET),
    "F-wrong-shape": _wrong_shape,
    "F-next-elsewhere": _next_elsewhere,
    "F-next-repeats": _next_repeats,
    "F-next-only-known": _next_only_known,
    "F-token-expired-once": _token_expired_once,
}
