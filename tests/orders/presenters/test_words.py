from __future__ import annotations

import pytest

from orders.presenters.words import card_words


def test_labels_are_there_and_differ() -> None:
    labels = card_words()

    assert all(label.strip() for label in labels)
    assert len(set(labels)) == len(labels)


def test_every_label_is_translated_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.presenters.words.gettext", lambda text: f"translated {text}")

    labels = card_words()

    assert [label for label in labels if not label.startswith("translated ")] == []
