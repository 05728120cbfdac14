"""What the settings say of an organization in Genesys Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.entries import read_hosts


def registration(**changes: Any) -> dict[str, Any]:
    return {
        "slug": "genesys",
        "kind": "genesys",
        "origins": ["https://apps.mypurecloud.de"],
        "region": "mypurecloud.de",
        "client_id": "client",
        "client_secret": "planted",
        "customer_from": ["participant.attributes.customerId"],
        **changes,
    }


def read(*, allow_plain: bool = False, **changes: Any) -> GenesysDesktop:
    host = read_hosts([registration(**changes)], allow_plain=allow_plain)["genesys"]
    assert isinstance(host, GenesysDesktop)
    return host


def test_region_gives_the_hosts_of_tokens_and_conversations() -> None:
    host = read(region="euw2.pure.cloud")

    assert host.token_url == "https://login.euw2.pure.cloud/oauth/token"
    assert host.conversations_url == "https://api.euw2.pure.cloud/api/v2/conversations/"


def test_stand_in_for_the_region_is_plain_and_for_development_only() -> None:
    host = read(region="127.0.0.1:8002/genesys", allow_plain=True)

    assert host.token_url == "http://127.0.0.1:8002/genesys/oauth/token"
    with pytest.raises(ValueError, match="region"):
        read(region="127.0.0.1:8002/genesys")


@pytest.mark.parametrize(
    "region",
    [
        "",
        "mypurecloud",
        "https://mypurecloud.de",
        "mypurecloud.de/",
        "mypurecloud.de/x",
        "mypurecloud.de:443",
        "me@mypurecloud.de",
        "mypurecloud.de#",
        "mypurecloud.de\n",
        "-a.mypurecloud.de",
        "mypurecloud..de",
        "127.0.0.1",
        "127.0.0.1:8002",
        "localhost:8002",
    ],
)
def test_region_that_is_no_domain_is_refused(region: str) -> None:
    with pytest.raises(ValueError, match=r"host 1 \(genesys\): region"):
        read(region=region)


@pytest.mark.parametrize(
    "region", ["stranger.example:8002", "127.0.0.1", "127.0.0.1:8002/a/b", "127.0.0.1:8002@stranger.example"]
)
def test_stand_in_is_on_this_machine_only(region: str) -> None:
    with pytest.raises(ValueError, match="region"):
        read(region=region, allow_plain=True)


@pytest.mark.parametrize("key", ["client_id", "client_secret"])
def test_client_without_id_or_secret_is_refused(key: str) -> None:
    changes: dict[str, Any] = {key: " "}

    with pytest.raises(ValueError, match=key) as caught:
        read(**changes)

    assert "planted" not in str(caught.value)


def test_client_is_read_without_the_blanks_around_what_was_pasted() -> None:
    host = read(client_id=" client ", client_secret="planted\n")

    assert (host.client_id, host.client_secret) == ("client", "planted")


def test_path_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="customer_from has the path attributes"):
        read(customer_from=["attributes.customerId"])
