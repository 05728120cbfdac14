from __future__ import annotations

import pytest

from orders.presenters.statuses import status, summary


@pytest.mark.parametrize(
    ("code", "words", "tone"),
    [
        ("UNKNOWN", "Status not known", "calm"),
        ("ATTEMPTED_DELIVERY", "Delivery attempted", "warn"),
        ("READY_FOR_PICKUP", "Ready for pickup", "act"),
        ("PICKED_UP", "Picked up", "done"),
        ("CONFIRMED", "Confirmed", "calm"),
        ("IN_TRANSIT", "In transit", "moving"),
        ("OUT_FOR_DELIVERY", "Out for delivery", "moving"),
        ("DELIVERED", "Delivered", "done"),
        ("FAILURE", "Delivery failed", "bad"),
        ("HELD_AT_CUSTOMS", "HELD_AT_CUSTOMS", "calm"),
        ("delivered", "delivered", "calm"),
        (None, "No status yet", "calm"),
        ("", "No status yet", "calm"),
    ],
)
def test_status_has_words_and_tone(code: str | None, words: str, tone: str) -> None:
    shown = status(code)

    assert (shown.code, shown.words, shown.tone) == (code or "", words, tone)


def test_status_of_any_length_stays_readable() -> None:
    assert status("X" * 5000).words == "X" * 60 + "…"


def test_summary_counts_what_needs_attention_first() -> None:
    counted = summary({"DELIVERED": 2, "CUSTOMS": 1, "FAILURE": 1, "": 3})

    assert [(entry.number, entry.status.words) for entry in counted] == [
        (1, "Delivery failed"),
        (2, "Delivered"),
        (3, "No status yet"),
        (1, "CUSTOMS"),
    ]
