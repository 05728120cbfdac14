"""Which address leads where. A route is known by its template, which is all that the log says of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.addresses import match_address
from ercportal.demo.sandbox.front_page import front_page
from ercportal.demo.sandbox.items_address import items_address
from ercportal.demo.sandbox.pictures import picture_answer
from ercportal.demo.sandbox.pictures.addresses import PICTURES_PATH
from ercportal.demo.sandbox.token_endpoint import TOKEN_PATH
from ercportal.demo.sandbox.wire import Answer, Request, error_answer, method_refused, text_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ercportal.demo.sandbox.family_routes import Handler
    from ercportal.demo.sandbox.items_endpoint import ItemsEndpoint
    from ercportal.demo.sandbox.token_endpoint import TokenEndpoint


class Routes:
    """Leads a request to its endpoint."""

    def __init__(self, tokens: TokenEndpoint, items: ItemsEndpoint, family: Mapping[str, Handler]) -> None:
        self._tokens = tokens
        self._items = items
        self._family = family

    def answer(self, request: Request) -> tuple[str, Answer]:
        """The template of the route that the request took, and the answer."""
        address = items_address(request.path)
        if address is not None:
            return address.template, self._items.answer(request, address)
        for template, handler in self._family.items():
            if (around := match_address(template, request.path)) is not None:
                return template, handler(request, around)
        if request.path == TOKEN_PATH:
            return TOKEN_PATH, self._tokens.answer(request)
        if request.path.startswith(PICTURES_PATH):
            name = request.path.removeprefix(PICTURES_PATH)
            return f"{PICTURES_PATH}{{name}}", _get_only(request, lambda: picture_answer(name))
        if request.path == "/healthz":
            return "/healthz", _get_only(request, lambda: text_answer(200, "ok\n", "text/plain"))
        if request.path == "/":
            return "/", _get_only(request, lambda: front_page(request.base_url))
        return "(no such address)", error_answer(404, "There is nothing at this address.")


def _get_only(request: Request, answer: Callable[[], Answer]) -> Answer:
    return answer() if request.method == "GET" else method_refused("GET")
