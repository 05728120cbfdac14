from __future__ import annotations

import pytest

from orders.lookup.statuses import status_code
from orders.presenters.statuses import status, summary, words_within


@pytest.mark.parametrize(
    ("code", "words", "tone"),
    [
        ("UNKNOWN", "Status unknown", "calm"),
        ("ATTEMPTED_DELIVERY", "Delivery attempted", "warn"),
        ("READY_FOR_PICKUP", "Ready for pickup", "act"),
        ("PICKED_UP", "Collected", "done"),
        ("CONFIRMED", "Confirmed", "calm"),
        ("IN_TRANSIT", "In transit", "moving"),
        ("OUT_FOR_DELIVERY", "Out for delivery", "moving"),
        ("DELIVERED", "Delivered", "done"),
        ("FAILURE", "Delivery failed", "bad"),
        ("HELD_AT_CUSTOMS", "Held at customs", "warn"),
        ("held-at-customs", "Held at customs", "warn"),
        ("Held at customs", "Held at customs", "warn"),
        ("LOST", "Lost", "warn"),
        ("label_purchased", "Label created", "warn"),
        ("STUCK_IN_DEPOT", "Stuck in depot", "warn"),
        ("Stuck_In_Depot", "Stuck in depot", "warn"),
        ("StuckInDepot", "Stuck in depot", "warn"),
        ("shipment.stuck_in_depot", "Shipment stuck in depot", "warn"),
        ("At depot 2.5", "At depot 2.5", "warn"),
        ("Re-routed", "Re-routed", "warn"),
        ("Out-for delivery", "Out for delivery", "moving"),
        (None, "No status yet", "calm"),
        ("", "No status yet", "calm"),
    ],
)
def test_status_has_words_and_tone(code: str | None, words: str, tone: str) -> None:
    shown = status(code)

    assert (shown.code, shown.words, shown.tone) == (status_code(code), words, tone)


@pytest.mark.parametrize(
    ("code", "words"),
    [("STUCK_IN_DEPOT", "stuck in depot"), ("DHL exception", "DHL exception"), ("ON HOLD", "ON HOLD")],
)
def test_status_within_a_sentence_keeps_the_capitals_that_came(code: str, words: str) -> None:
    assert words_within(code) == words


@pytest.mark.parametrize("code", [" ", "\n", "\u202e", "\x00"])
def test_status_that_nobody_can_read_is_said_to_be_none(code: str) -> None:
    assert status(code) == status(None)


def test_status_outside_the_list_is_made_harmless() -> None:
    shown = status("HELD\u202e\nAT <b>CUSTOMS</b>")

    assert (shown.code, shown.words) == ("HELD AT <b>CUSTOMS</b>", "HELD AT <b>CUSTOMS</b>")


def test_summary_of_nothing_is_empty() -> None:
    assert summary({}) == ()


def test_status_of_any_length_stays_readable() -> None:
    assert status("X" * 5000).words == "X" * 60 + "…"


def test_summary_counts_what_needs_attention_first() -> None:
    counted = summary({"DELIVERED": 2, "CUSTOMS": 1, "FAILURE": 1, "": 3})

    assert [(entry.number, entry.status.words) for entry in counted] == [
        (1, "Delivery failed"),
        (2, "Delivered"),
        (3, "No status yet"),
        (1, "Customs"),
    ]


def test_summary_counts_together_what_reads_the_same() -> None:
    counted = summary({"": 1, " ": 2, "Delivered": 1, "DELIVERED": 1})

    assert [(entry.number, entry.status.code) for entry in counted] == [(2, "DELIVERED"), (3, "")]
