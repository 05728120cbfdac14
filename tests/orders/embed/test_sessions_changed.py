"""Sessions of desktops whose settings have changed: they end where the launch would not be trusted any more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support import salesforce, zendesk
from tests.support.desktop_entries import entry
from tests.support.pages import HTMX, one, soup
from tests.support.panels import fed, refused
from tests.support.signing_in import exchanged, one_time_code, register, told
from tests.support.stub_erc import StubErc


def change(settings: Settings, *entries: dict[str, Any]) -> None:
    settings.EMBED_HOSTS = list(entries)
    registry.cache_clear()


def token_in(page: Any) -> str:
    return str(one(soup(page), "#panel")["data-embed-token"])


def test_another_organization_ends_the_panels_of_the_one_before(
    client: Client, settings: Settings, erc: StubErc
) -> None:
    change(settings, salesforce.app())
    embed = token_in(salesforce.launched(client))
    change(settings, salesforce.app(organization="00D000000000099"))

    response = fed(client, embed, "/embed/customers/", customer_id="C-1")

    assert refused(response) == "launch-unknown-key"
    assert erc.everything_asked == []


def test_another_installation_ends_the_panels_of_the_one_before(client: Client, settings: Settings) -> None:
    change(settings, zendesk.desktop())
    embed = token_in(zendesk.launched(client))
    change(settings, zendesk.desktop(installation="999"))

    response = client.post(zendesk.CONTEXT, {"customer_id": "C-1"}, headers={**HTMX, "Embed-Token": embed})

    assert refused(response) == "launch-unknown-key"


@pytest.mark.parametrize("same", [{"name": "Other"}, {"customer_from": ["parameters.other"]}])
def test_other_settings_leave_panels_open(client: Client, settings: Settings, erc: StubErc, same: Any) -> None:
    change(settings, salesforce.app())
    embed = token_in(salesforce.launched(client))
    change(settings, salesforce.app(**same))

    assert fed(client, embed, "/embed/customers/", customer_id="C-1").status_code == 200


def test_told_customer_does_not_become_verified_with_another_kind(
    browser: Client, client: Client, settings: Settings, erc: StubErc
) -> None:
    register(settings, entry("chat"))
    signed_in = exchanged(client, one_time_code(browser, "chat"), slug="chat")["Embed-Token"]
    embed = told(client, signed_in, slug="chat", customer_id="C-1")["Embed-Token"]
    register(settings, entry("genesys", slug="chat"))

    response = fed(client, embed, "/embed/customers/", customer_id="C-1")

    assert refused(response) == "session-signed-out"
    assert erc.everything_asked == []
