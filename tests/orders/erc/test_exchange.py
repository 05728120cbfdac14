"""What a caller said is in the request alone: in no record of it, whatever the API throws back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NoReturn
from urllib.parse import quote, quote_plus, urlencode

import pytest

from orders.erc.deadline import Deadline
from orders.erc.endpoint import Endpoint
from orders.erc.errors import BadRequest, ErcError, FieldProblem, Response
from orders.erc.exchange import Exchange, start_exchange
from orders.erc.masking import mask
from orders.erc.transport import Request, Transport
from tests.support.erc_calls import make_endpoint
from tests.support.log_lines import Lines
from tests.support.stores import DictCache
from tests.support.stub_erc import Reply, StubErc

SAID = {
    "email": "erika.müller@example.org",
    "phone": "+351910000000",
    "name": 'Jo "Li" Núñez',
    "search": "#Y34DHR",
    "ids": "C-planted-1,C-planted-2",
}
ECHOES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": str.upper,
    "small": str.lower,
    "address": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON with its own letters": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "address of capitals": lambda text: quote(text.upper(), safe=""),
}


def started(**parameters: str) -> Exchange:
    """The exchange of a request with these parameters."""
    url = f"https://api.example/customers?{urlencode({**parameters, 'per_page': '20'})}"
    return start_exchange(Request("GET", url, {"Authorization": "Bearer t-123456"}, "c-1"), "/customers")


@pytest.mark.parametrize("name", SAID)
def test_address_of_an_exchange_leaves_out_what_a_caller_said(name: str) -> None:
    assert started(**{name: SAID[name]}).url == f"https://api.example/customers?{name}=…&per_page=20"


def test_address_keeps_what_no_caller_said() -> None:
    url = started(order_by="price:desc", cursor="name=x", brand="Halden").url

    assert url == "https://api.example/customers?order_by=price%3Adesc&cursor=name%3Dx&brand=Halden&per_page=20"


def test_several_parameters_are_left_out_each() -> None:
    assert started(**SAID).url.count("=…") == len(SAID)


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("name", SAID)
def test_echo_of_what_a_caller_said_is_masked(name: str, echo: str) -> None:
    spelled = ECHOES[echo](SAID[name])

    assert mask(f"nothing for ({spelled}) here", started(**{name: SAID[name]}).secrets) == "nothing for (…) here"


@pytest.mark.parametrize("echo", ["plain", "capitals", "small", "address", "JSON"])
@pytest.mark.parametrize("name", ["Li", "Núñ", "Bo X"])
def test_echo_of_a_short_name_is_masked(name: str, echo: str) -> None:
    spelled = ECHOES[echo](name)

    assert mask(f"<{spelled}>", started(name=name).secrets) == "<…>"


@pytest.mark.parametrize(
    ("name", "said", "echo"),
    [
        ("phone", "+351910000000", "351910000000"),
        ("phone", "+351910000000", "+351 910 000 000"),
        ("search", "#Y34DHR", "y34dhr"),
        ("ids", "C-planted-1,C-planted-2", "C-planted-2"),
    ],
)
def test_part_of_what_a_caller_said_is_masked_too(name: str, said: str, echo: str) -> None:
    assert mask(f"<{echo}>", started(**{name: said}).secrets) == "<…>"


def test_single_letter_is_no_secret_because_every_text_holds_it() -> None:
    assert mask("internal error", started(name="e").secrets) == "internal error"


def test_failed_call_tells_nobody_what_was_searched_for(erc: StubErc, transport: Transport, log: Lines) -> None:
    exchanges: list[Exchange] = []
    endpoint = make_endpoint(transport, DictCache())
    endpoint._observe = exchanges.append
    erc.answers(Reply(400, b"{}"))
    request = Request("GET", f"{erc.base_url}/customers?{urlencode(SAID)}", {}, "c-1")

    def refuse(_response: Response) -> NoReturn:
        told = " ".join(SAID.values())
        raise BadRequest(told, code=told.upper(), upstream_message=told, fields=(FieldProblem("email", told),))

    with pytest.raises(ErcError) as caught:
        call(endpoint, request, refuse)

    error, (exchange,) = caught.value, exchanges
    everything = [str(error), error.code, error.upstream_message, *map(str, error.fields), exchange.url]
    for said in SAID.values():
        assert not [one for one in (*everything, *log.lines) if said.lower() in one.lower()]
    assert log.entries("upstream attempt")


def call(endpoint: Endpoint, request: Request, accept: Callable[[Response], NoReturn]) -> None:
    endpoint.call(request, Deadline(3), accept)
