from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from orders.erc.addresses import Address
from orders.erc.orders import Order, PaymentDetails
from orders.erc.recent_order import RecentOrder
from orders.erc.schema import Unreadable
from orders.erc.timestamps import Timestamp
from orders.lookup.history import Step
from orders.lookup.order_header import Header
from orders.presenters.order_header import HeaderView, OrderView, StepView, header_view

BARE = Order(id="O-1")
YEAR = datetime.now(UTC).year


def order_view(order: Order | RecentOrder, *steps: Step) -> OrderView:
    """The view of an order with this history."""
    view = header_view(Header(order, steps))
    assert view.order
    return view.order


def step_view(generic: str | None, detailed: str | None = None, at: str | None = None) -> StepView:
    """The view of a step with these types."""
    return order_view(BARE, Step(generic, detailed, Timestamp(at) if at else None)).steps[0]


def test_order_of_which_only_the_id_is_known_says_nothing() -> None:
    view = order_view(BARE)

    assert view == OrderView(
        number="",
        raw_number="",
        purchase=view.purchase,
        place="",
        addresses=(),
        total="",
        totals=(),
        payment="",
        state="",
        details=(),
        steps=(),
        latest="",
    )
    assert view.purchase == (None, "")


@pytest.mark.parametrize(
    ("number", "shown", "raw"),
    [
        ("#Y34DHR", "#Y34DHR", "#Y34DHR"),
        ("\u202e#Y34\nDHR", "#Y34 DHR", "#Y34 DHR"),
        ("R&amp;D-7", "R&D-7", "R&D-7"),
        ("9" * 3000, "9" * 120 + "…", ""),
    ],
    ids=["usual", "marks", "an entity", "very long"],
)
def test_number_is_shown_clean_and_copied_where_it_is_whole(number: str, shown: str, raw: str) -> None:
    view = order_view(Order(id="O-1", order_number=number))

    assert (view.number, view.raw_number) == (shown, raw)


@pytest.mark.parametrize(
    ("brand", "number", "shown"),
    [
        ("Visa", "4111111111114242", "Visa •••• 4242"),
        ("Visa", "4111 1111 1111 4242", "Visa •••• 4242"),
        ("Visa", None, "Visa"),
        (None, "4.111111111114242e15", "•••• 4242"),
        ("V" * 500, "42", "V" * 120 + "…"),
        (None, None, ""),
    ],
    ids=["whole", "in groups", "no number", "as a float", "a long brand", "nothing"],
)
def test_payment_is_the_brand_and_four_digits_whatever_was_sent(
    brand: str | None, number: str | None, shown: str
) -> None:
    card = PaymentDetails(card_brand=brand, card_number=number)

    assert order_view(Order(id="O-1", payment_details=card)).payment == shown


def test_place_is_that_of_the_first_address() -> None:
    where = (Address(city="Lisboa"), Address(city="Porto"))

    view = order_view(Order(id="O-1", shipping_addresses=where))

    assert (view.place, view.addresses) == ("Lisboa", (("Lisboa",), ("Porto",)))


def test_details_are_the_statuses_then_what_is_possible_then_the_rest() -> None:
    view = order_view(
        Order(id="O-1", status="Dispatched", is_returnable=True, items_number=3, brand="North", delivery_type="X")
    )

    assert view.state == "Dispatched"
    assert [tuple(line) for line in view.details] == [
        ("Order status", "Dispatched"),
        ("Still possible", "Return"),
        ("Delivery type", "X"),
        ("Items", "3"),
        ("Brand", "North"),
    ]


@pytest.mark.parametrize(
    ("generic", "detailed", "words"),
    [
        ("CONFIRMED", "CONFIRMED", "Confirmed"),
        ("ON_ITS_WAY", "IN_TRANSIT", "On its way"),
        ("onItsWay", None, "On its way"),
        ("ON_ITS_WAY", "READY_FOR_PICKUP", "On its way – Ready for pickup"),
        ("DELIVERED", "PICKED_UP", "Delivered – Collected"),
        ("UNKNOWN", "FAILURE", "Delivery failed"),
        ("CONFIRMED", "UNKNOWN", "Confirmed"),
        ("HELD", "AWAITING_CLEARANCE", "Held – Awaiting clearance"),
        ("\u202eHELD", None, "Held"),
        ("UNKNOWN", "UNKNOWN", "Status unknown"),
        (None, None, "Status unknown"),
    ],
)
def test_step_is_in_known_words_or_as_it_came_and_in_detail_where_that_says_more(
    generic: str | None, detailed: str | None, words: str
) -> None:
    assert step_view(generic, detailed).words == words


def test_step_has_the_time_that_the_api_gives_with_its_weekday() -> None:
    dated = step_view("CONFIRMED", at=f"{YEAR - 1}-01-04T09:20:00Z").reached
    undated = step_view("CONFIRMED").reached

    assert dated
    weekday = f"{datetime(YEAR - 1, 1, 4, tzinfo=UTC):%a}"
    assert dated.text == f"{weekday}, Jan 4, {YEAR - 1}, 09:20 UTC"
    assert undated is None


def test_history_has_come_to_the_present_step_or_else_to_the_last_dated_one() -> None:
    first, second = Timestamp("2026-01-04T09:20:00Z"), Timestamp("2026-01-05T09:20:00Z")
    steps = (Step("CONFIRMED", None, first), Step("ON_ITS_WAY", None, second), Step("DELIVERED", None, None))

    in_doubt = order_view(BARE, *steps)
    certain = order_view(BARE, steps[0]._replace(is_present=True), *steps[1:])
    undated = order_view(BARE, steps[2])

    assert (in_doubt.latest, certain.latest, undated.latest) == ("On its way", "Confirmed", "")
    assert [step.is_present for step in certain.steps] == [True, False, False]


def test_what_is_missing_is_told_in_one_line() -> None:
    nothing = header_view(Header(is_missing=True))
    no_totals = header_view(Header(RecentOrder(id="O-1"), is_missing=True))

    assert nothing.order is None
    assert "such as its number and its address, cannot be shown now" in nothing.missing
    assert no_totals.order
    assert "totals and the payment" in no_totals.missing


def test_head_that_nobody_knows_says_nothing() -> None:
    assert header_view(Header()) == HeaderView()


def test_head_that_nobody_asked_for_removes_nothing_where_it_is_missing() -> None:
    assert header_view(Header(is_missing=True), is_quiet=True) == HeaderView(stays=True)
    assert header_view(Header(BARE), is_quiet=True).order


def test_older_head_has_its_time() -> None:
    view = header_view(Header(BARE, stale_as_of=datetime(2026, 1, 4, 9, 20, tzinfo=UTC)))

    assert view.stale
    assert view.stale.text == "Jan 4, 2026, 09:20 UTC"


def test_details_that_could_not_be_read_are_told() -> None:
    view = header_view(Header(Order(id="O-1", defaulted=(Unreadable("price_summary", "no object"),))))

    assert view.notice == "Some details of this order could not be read and are left out."


def test_head_is_in_the_language_of_the_page() -> None:
    with translation.override("de"):
        view = header_view(Header(Order(id="O-1", is_refundable=True)))

    assert view.order
    assert [tuple(line) for line in view.order.details] == [("Noch möglich", "Erstattung")]
