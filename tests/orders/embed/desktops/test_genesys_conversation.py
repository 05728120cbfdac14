"""Who the customer of a conversation is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from orders.embed.desktops.genesys_conversation import find_customer
from orders.embed.errors import ConversationCode, ConversationError
from orders.embed.sources import Values
from tests.support.genesys import CONVERSATION, conversation, customer, genesys_desktop, region
from tests.support.log_lines import Lines
from tests.support.stub_erc import Reply, StubErc


@pytest.fixture
def stub() -> Iterator[StubErc]:
    with region() as opened:
        yield opened


def found(stub: StubErc, *participants: dict[str, Any]) -> Values:
    """What is found of the customer among these."""
    stub.answers(Reply(content=conversation(*participants)))
    return find_customer(genesys_desktop(stub, email_from=[]), CONVERSATION, "")


def ids(stub: StubErc, *participants: dict[str, Any]) -> Any:
    return found(stub, *participants).get("customer_id")


def named(name: str, **changes: Any) -> dict[str, Any]:
    return customer(attributes={"customerId": name}, **changes)


ENDED = {"endTime": "2026-11-27T09:05:00.000Z"}


def test_attribute_and_telephone_number_of_the_customer_are_found(stub: StubErc) -> None:
    values = found(stub, customer(attributes={"customerId": "C-1", "orderId": 7, "other": None}))

    assert values == {"customer_id": ["C-1"], "order_id": ["7"], "phone": ["+493023125001"]}


def test_customer_counts_before_somebody_external(stub: StubErc) -> None:
    assert ids(stub, named("E", purpose="external"), named("C")) == ["C"]
    assert ids(stub, named("E", purpose="external")) == ["E"]


def test_participant_without_a_purpose_leaves_the_customer_readable(stub: StubErc) -> None:
    assert ids(stub, named("N", purpose=None), named("C")) == ["C"]


def test_nobody_else_is_taken_for_the_customer(stub: StubErc, log: Lines) -> None:
    assert found(stub, named("A", purpose="agent"), named("Q", purpose="acd")) == {}

    (entry,) = log.entries("conversation without a customer")
    assert (entry["issuer"], entry["reason"]) == ("genesys", "the participant who is the customer is not there")


def test_customer_of_whom_nothing_is_known_leaves_a_line_for_the_administrator(stub: StubErc, log: Lines) -> None:
    assert found(stub, customer(attributes={"customerID": "planted"}, address=None)) == {}

    (entry,) = log.entries("conversation without a customer")
    assert "has nothing at the configured paths" in str(entry["reason"])
    assert "planted" not in "".join(log.lines)


def test_first_customer_who_is_still_there_counts(stub: StubErc) -> None:
    assert ids(stub, named("A", **ENDED), named("B"), named("C")) == ["B"]


def test_last_customer_counts_where_none_is_there_any_more(stub: StubErc) -> None:
    assert ids(stub, named("A", **ENDED), named("B", **ENDED)) == ["B"]
    assert ids(stub, named("A", connectedTime=None), named("B", connectedTime=None)) == ["B"]


@pytest.mark.parametrize(
    ("address", "phone"),
    [
        ("tel:+493023125001", ["+493023125001"]),
        ("TEL:+493023125001;ext=12", ["+493023125001"]),
        ("+493023125001", ["+493023125001"]),
        ("sip:caller@desk.example", None),
        ("SIPS:caller@desk.example", None),
        ("", None),
        (None, None),
    ],
)
def test_address_of_a_caller_is_a_telephone_number(stub: StubErc, address: str | None, phone: Any) -> None:
    assert found(stub, customer(address=address)).get("phone") == phone


@pytest.mark.parametrize("text", ["", " ", "{{gcConversationId}}", f"{{{{{CONVERSATION}}}}}"])
def test_address_that_was_not_filled_in_is_told_apart(stub: StubErc, text: str) -> None:
    with pytest.raises(ConversationError) as caught:
        find_customer(genesys_desktop(stub), text, "")

    assert caught.value.code is ConversationCode.UNFILLED
    assert stub.everything_asked == []


@pytest.mark.parametrize(
    "text",
    ["7", f"{CONVERSATION}/x", f"../{CONVERSATION}", f"{CONVERSATION}?x=1", CONVERSATION.replace("-", ""), "null"],
)
def test_text_that_is_no_uuid_is_never_asked_for(stub: StubErc, text: str) -> None:
    with pytest.raises(ConversationError) as caught:
        find_customer(genesys_desktop(stub), text, "")

    assert caught.value.code is ConversationCode.MALFORMED
    assert stub.everything_asked == []


def test_id_in_capitals_is_the_same_conversation(stub: StubErc) -> None:
    assert find_customer(genesys_desktop(stub), CONVERSATION.upper(), "")

    assert stub.asked[0].path.endswith(CONVERSATION)
