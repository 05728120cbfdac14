"""What a desktop has signed counts once, also where several entries of the settings accept it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support import salesforce, zendesk
from tests.support.panels import refused


def register(settings: Settings, *entries: dict[str, object]) -> None:
    settings.EMBED_HOSTS = list(entries)
    registry.cache_clear()


@pytest.mark.parametrize("after", [("sf", "other"), ("other",)])
def test_request_of_salesforce_counts_once_at_all_slugs(
    client: Client, settings: Settings, after: tuple[str, ...]
) -> None:
    register(settings, salesforce.app())
    text = salesforce.request()
    salesforce.launched(client, text)
    register(settings, *(salesforce.app(slug=slug) for slug in after))

    again = client.post("/embed/other/launch", {"signed_request": text})

    assert (refused(again), again.status_code) == ("launch-replayed", 401)


@pytest.mark.parametrize("after", [("zd", "other"), ("other",)])
def test_token_of_zendesk_counts_once_at_all_slugs(
    client: Client, settings: Settings, after: tuple[str, ...]
) -> None:
    register(settings, zendesk.desktop())
    text = zendesk.token()
    zendesk.launched(client, text)
    register(settings, *(zendesk.desktop(slug=slug) for slug in after))

    again = client.post("/embed/other/launch", {"token": text})

    assert (refused(again), again.status_code) == ("launch-replayed", 401)
