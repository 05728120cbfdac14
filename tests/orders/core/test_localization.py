"""The language and the zone of a page, looked up once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from orders.core import localization


@pytest.mark.parametrize(("language", "said"), [("de", "Sendung"), ("en", "Shipment"), ("fr", "Envoi")])
def test_message_is_said_in_the_active_language(language: str, said: str) -> None:
    with translation.override(language), localization.use_display():
        assert localization.gettext("Shipment") == said

    with translation.override(language):
        assert localization.gettext("Shipment") == said


@pytest.mark.parametrize("count", [0, 1, 2, 11, 100])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_plural_is_that_of_language_and_number(language: str, count: int) -> None:
    words = ("%(count)d delivery", "%(count)d deliveries")
    with translation.override(language), localization.use_display():
        said = localization.ngettext(*words, count)

        assert said == translation.ngettext(*words, count)


def test_held_display_stays_until_its_end() -> None:
    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")

    with timezone.override(berlin), localization.use_display():
        with timezone.override(tokyo):
            within = localization.display().zone
        with timezone.override(tokyo), localization.use_display():
            nested = localization.display().zone
        after = localization.display().zone

    assert (within, nested, after) == (berlin, tokyo, berlin)


@pytest.mark.parametrize(("language", "is_from_the_right"), [("ar", True), ("en", False)])
def test_display_knows_the_direction(language: str, *, is_from_the_right: bool) -> None:
    with translation.override(language):
        assert localization.display().is_from_the_right is is_from_the_right
