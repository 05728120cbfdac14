"""The API sends whole numbers of cards everywhere, and nothing that the portal keeps, says or shows holds one."""

from __future__ import annotations

import json
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import serializers
from django.core.cache import cache
from django.test import Client
from django.views.debug import ExceptionReporter
from pytest_django.fixtures import Settings

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import BadRequest, CutShort, ErcError, InvalidResponse
from orders.erc.query import (
    CustomerOrdersQuery,
    ItemsQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from orders.lookup.cached_pages import Freshness, cached_pages
from orders.models import AccessLogEntry, ApiExchange
from tests.support.family import order, orders_page, recent_order
from tests.support.log_lines import Lines
from tests.support.pages import LOOKUP
from tests.support.stub_erc import Reply, StubErc, item, page

CARD = "4111111111114242"
SPELLINGS: dict[str, Any] = {"text": CARD, "number": int(CARD), "groups": "4111 1111 1111 4242"}
QUERIES: dict[str, Query[Any]] = {
    "items": ItemsQuery(customer_id="C-1", order_id="O-1", limit=20),
    "customer_orders": CustomerOrdersQuery(customer_id="C-1"),
    "orders": OrdersQuery(search="#O-1"),
    "order": OrderQuery(customer_id="C-1", order_id="O-1"),
    "recent_order": RecentOrderQuery(customer_id="C-1"),
}


def bodies(number: Any) -> dict[str, dict[str, Any]]:
    """What each endpoint says of an order that was paid by this card."""
    paid: dict[str, Any] = {
        "payment_details": {"card_brand": "Visa", "card_number": number},
        "custom_fields": {"cardNumber": number},
    }
    refund = {"id": "r-1", "transactions": [{"id": "t-1", "payment_detail": paid["payment_details"]}]}
    items = page(item(custom_fields={"pan": number}), custom_fields={"card_no": [number]})
    items["_embedded"] |= {"refunds": [refund], "returns": [{"id": "x", "card": {"pan": number}}]}
    return {
        "items": items,
        "customer_orders": orders_page(order(**paid)),
        "orders": orders_page(order(**paid)),
        "order": order(**paid),
        "recent_order": recent_order(**paid),
    }


@pytest.fixture(autouse=True)
def _record_all(settings: Settings) -> None:
    settings.API_EXCHANGE_SAMPLE = 1.0


def answer(erc: StubErc, endpoint: str, reply: Reply) -> None:
    """Answer that endpoint so."""
    if endpoint == "items":
        erc.answers(reply)
    else:
        erc.answers_at(endpoint, reply)


def ask(endpoint: str) -> Any:
    """What the portal gets from that endpoint."""
    context = CallContext(Deadline(5), "correlation-1")
    return cached_pages().get(QUERIES[endpoint], context, freshness=Freshness.NEW)


def recorded() -> str:
    """All rows that there are."""
    return str(serializers.serialize("json", [*AccessLogEntry.objects.all(), *ApiExchange.objects.all()]))


def digits(text: str) -> str:
    """The text without what may stand between a number's digits."""
    return text.replace(" ", "").replace("-", "")


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("endpoint", QUERIES)
def test_number_is_in_no_page_cache_row_or_log(
    db: None, erc: StubErc, log: Lines, endpoint: str, spelling: str
) -> None:
    answer(erc, endpoint, Reply(content=bodies(SPELLINGS[spelling])[endpoint]))

    fetched = ask(endpoint)

    kept = cache.get(cached_pages().key(QUERIES[endpoint]))
    texts = [
        repr(fetched.page),
        fetched.body.decode(),
        pickle.dumps(kept).decode("latin-1"),
        recorded(),
        *log.lines,
    ]
    assert kept
    assert ApiExchange.objects.filter(outcome="ok").exists()
    assert "•••• 4242" in fetched.body.decode()
    assert not [text for text in texts if CARD in digits(text) or CARD[:12] in digits(text)]


@pytest.mark.parametrize("endpoint", ["customer_orders", "orders", "order"])
def test_last_four_digits_are_what_a_page_knows_of_the_card(db: None, erc: StubErc, endpoint: str) -> None:
    answer(erc, endpoint, Reply(content=bodies(CARD)[endpoint]))

    read = ask(endpoint).page

    (one,) = [read] if endpoint == "order" else read.orders
    assert (one.payment_details.card_brand, one.payment_details.card_number) == ("Visa", "4242")
    assert one.custom_fields == {"cardNumber": "•••• 4242"}


def test_refund_knows_the_last_four_digits_typed_and_as_it_came(db: None, erc: StubErc) -> None:
    answer(erc, "items", Reply(content=bodies(int(CARD))["items"]))

    read = ask("items").page

    (refund,) = read.refunds
    assert refund.read.transactions[0].payment_detail.card_number == "4242"
    assert refund.fields["transactions"][0]["payment_detail"]["card_number"] == "•••• 4242"
    assert read.returns[0].fields["card"] == {"pan": "•••• 4242"}
    assert read.items[0].custom_fields == {"pan": "•••• 4242"}
    assert read.custom_fields == {"card_no": ["•••• 4242"]}


WORDS = {"code": "bad_request", "message": f"The card {CARD}", "description": "by 4111 1111 1111 1111"}
FIELDS = [{"name": "card_number", "description": f"{CARD} is unknown"}]
FAULTS: dict[str, tuple[type[ErcError], Reply]] = {
    "refused": (BadRequest, Reply(400, {**WORDS, "fields": FIELDS})),
    "refused in HTML": (BadRequest, Reply(400, f"<p>No card {CARD}</p>".encode())),
    "HTML with 200": (
        InvalidResponse,
        Reply(content=f"<p>&quot;card_number&quot;: {CARD}</p>".encode(), headers={"Content-Type": "text/html"}),
    ),
    "XML with 200": (
        InvalidResponse,
        Reply(
            content=f"<order><card_number>{CARD}</card_number></order>".encode(),
            headers={"Content-Type": "application/xml"},
        ),
    ),
    "not JSON": (InvalidResponse, Reply(content=f'{{"card_number":"{CARD}", oh'.encode())),
    "cut within the number": (
        InvalidResponse,
        Reply(content=f'{{"_links":{{}},"card_number":"{CARD[:13]}'.encode()),
    ),
    "a key twice": (InvalidResponse, Reply(content=f'{{"card_number":{CARD},"card_number":{CARD}}}'.encode())),
    "cut short": (
        CutShort,
        Reply(
            content=f'{{"_links":{{}},"card_number":{CARD},"a":'.encode(),
            headers={"Content-Length": "9999", "Connection": "close"},
        ),
    ),
    "another shape": (InvalidResponse, Reply(content={"card_number": CARD})),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("endpoint", ["items", "orders"])
def test_failure_holds_no_number_in_any_part_row_or_log(
    db: None, erc: StubErc, log: Lines, endpoint: str, fault: str
) -> None:
    kind, reply = FAULTS[fault]
    answer(erc, endpoint, reply)

    with pytest.raises(kind) as caught:
        ask(endpoint)

    texts = [recorded(), *log.lines, "".join(traceback.format_exception(caught.value))]
    for error in causes(caught.value):
        texts += [str(error), repr(error.args), repr(vars(error)), str(getattr(error, "doc", ""))]
    reporter = ExceptionReporter(None, caught.type, caught.value, caught.value.__traceback__)
    assert ApiExchange.objects.filter(outcome=kind.__name__).exists()
    assert not [text for text in texts if CARD[:12] in digits(text)]
    assert CARD[:12] not in digits(reporter.get_traceback_text())


@pytest.mark.parametrize("body", [*SPELLINGS, *FAULTS])
def test_inspector_and_page_show_no_number(admin_client: Client, erc: StubErc, log: Lines, body: str) -> None:
    erc.answers(Reply(content=bodies(SPELLINGS[body])["items"]) if body in SPELLINGS else FAULTS[body][1])

    responses = [
        admin_client.get("/orders/", LOOKUP),
        admin_client.get("/admin/inspector/", LOOKUP),
        *(admin_client.get(f"/admin/orders/apiexchange/{row.pk}/change/") for row in ApiExchange.objects.all()),
    ]

    texts = [response.content.decode() for response in responses]
    assert len(texts) > 2
    assert not [text for text in [*texts, *log.lines] if CARD[:12] in digits(text)]


def test_other_numbers_that_pass_the_check_of_cards_stay(db: None, erc: StubErc) -> None:
    number = "4111111111111111"
    delivery = {"id": number, "tracking_info": {"tracking_number": number}}
    erc.answers(
        Reply(content=page(item(number, sku=number, description=number, deliveries=[delivery]), id=number))
    )

    fetched = ask("items")

    (read,) = fetched.page.items
    assert (read.id, read.sku, read.description, fetched.page.id) == (number,) * 4
    assert read.deliveries[0].tracking_info.tracking_number == number
    assert json.loads(fetched.body)["_embedded"]["items"][0]["deliveries"] == [delivery]
