from __future__ import annotations

import time

import pytest
from pytest_django.fixtures import Settings

from orders.core.sealing import seal, unseal


def test_content_comes_back_for_its_purpose_alone() -> None:
    text = seal(b"caf\xe9", "one")

    assert unseal(text, "one") == b"caf\xe9"
    assert unseal(text, "another") is None
    assert "caf" not in text


@pytest.mark.parametrize("text", ["", "forged", "\udcff", "é", "gAAAAA=="])
def test_what_was_not_sealed_here_is_none(text: str) -> None:
    assert unseal(text, "one") is None


def test_seal_of_another_key_is_none_unless_that_key_is_still_known(settings: Settings) -> None:
    text = seal(b"x", "one")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10

    unknown = unseal(text, "one")
    settings.SECRET_KEY_FALLBACKS = [old]

    assert unknown is None
    assert unseal(text, "one") == b"x"


@pytest.mark.parametrize(("later", "content"), [(60, b"x"), (61.5, None), (-61.5, None)])
def test_seal_is_good_for_its_seconds_and_not_before_it_was_made(
    monkeypatch: pytest.MonkeyPatch, later: float, content: bytes | None
) -> None:
    now = float(int(time.time()))
    monkeypatch.setattr(time, "time", lambda: now)
    text = seal(b"x", "one")

    monkeypatch.setattr(time, "time", lambda: now + later)

    assert unseal(text, "one", seconds=60) == content
    assert unseal(text, "one") == b"x"
