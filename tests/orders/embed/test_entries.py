from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.desktops.salesforce import SalesforceDesktop
from orders.embed.desktops.zendesk import ZendeskDesktop
from orders.embed.entries import read_hosts
from orders.embed.hosts import EmbedHost, Kind
from orders.models import Proof
from tests.support.desktop_entries import ENTRIES, SECRETS, entry
from tests.support.launching import ORIGIN, host, private_pem, public_pem, rsa_key


def read(one: Any) -> EmbedHost:
    """The host of one entry."""
    (found,) = read_hosts([one], allow_plain=False).values()
    return found


def test_entries_of_all_kinds_are_read_beside_own_hosts() -> None:
    hosts = read_hosts([host(), *ENTRIES], allow_plain=False)

    assert {name: one.kind for name, one in hosts.items()} == {
        "desk": Kind.OWN,
        "sf": Kind.SALESFORCE,
        "zd": Kind.ZENDESK,
        "connect": Kind.AMAZON_CONNECT,
        "genesys": Kind.GENESYS,
        "chat": Kind.CHATWOOT,
        "cx": Kind.ADDRESS,
    }
    assert [one.proof for one in hosts.values()] == [
        *[Proof.SIGNED] * 2,
        Proof.TOLD,
        Proof.TOLD,
        Proof.VERIFIED,
        Proof.TOLD,
        Proof.TOLD,
    ]
    assert [name for name, one in hosts.items() if one.signs_agents] == ["desk", "sf", "zd"]


def test_entries_of_kinds_with_secrets_tell_what_their_protocols_need() -> None:
    salesforce, zendesk, genesys = (read(entry(slug)) for slug in ("sf", "zd", "genesys"))

    assert isinstance(salesforce, SalesforceDesktop)
    assert (salesforce.organization, salesforce.keys["a"].verification_key) == (
        "00D000000000001",
        SECRETS[0].encode(),
    )
    assert isinstance(zendesk, ZendeskDesktop)
    assert (zendesk.installation, zendesk.location, zendesk.keys["app"].algorithm) == (
        "123",
        "ticket_sidebar",
        "RS256",
    )
    assert isinstance(genesys, GenesysDesktop)
    assert (genesys.region, genesys.client_id, genesys.client_secret) == ("mypurecloud.de", "a-client", SECRETS[1])


def test_entry_may_have_the_switches_of_own_hosts_and_its_slug_for_a_name() -> None:
    desktop = read(entry("cx", name=None, enabled=False, revoked_agents=["eve"], order_number_from=["query.n"]))

    assert (desktop.name, desktop.is_enabled, desktop.revoked_agents) == ("cx", False, frozenset({"eve"}))
    assert desktop.sources.order_number == ("query.n",)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (entry("sf", kind="siebel"), "kind"),
        (entry("sf", kind=7), "kind"),
        (entry("sf", kind=""), "kind"),
        (entry("sf", organization=None), "organization"),
        (entry("sf", organization=" "), "organization"),
        (entry("sf", secrets=None), "secrets"),
        (entry("sf", secrets=[]), "secrets"),
        (entry("sf", secrets=[{"kid": "a", "secret": ""}]), "secrets"),
        (entry("sf", secrets=[{"kid": "a", "secret": "planted"}] * 2), "kid"),
        (entry("sf", secrets=[{"kid": str(n), "secret": "planted"} for n in range(3)]), "secrets"),
        (entry("sf", secrets=[{"kid": "a", "secret": ["planted"]}]), "secret"),
        (entry("sf", issuer="sf"), "issuer"),
        (entry("sf", origins=[]), "origins"),
        (entry("sf", origins=["http://acme.example"]), "https"),
        (entry("sf", origins=None), "origins"),
        (entry("sf", customer_from="parameters.id"), "customer_from"),
        (entry("sf", customer_from=["user.id"]), "customer_from has the path user.id"),
        (entry("sf", customer_from=["parameters."]), "customer_from"),
        (entry("sf", customer_from=["parameters.a\n"]), "customer_from"),
        *((entry("sf", customer_from=[root]), f"the path {root}, which") for root in ("parameters", "record")),
        (entry("zd", email_from=["ticket"]), "email_from has the path ticket, which"),
        (entry("connect", phone_from=["phone.number"]), "phone_from has the path phone.number, which"),
        (entry("genesys", phone_from=["participant.address.x"]), "phone_from has the path"),
        (entry("genesys", phone_from=["participant.attributes"]), "phone_from has the path"),
        (entry("chat", email_from=["contact"]), "email_from has the path contact, which"),
        (entry("cx", customer_from=["query"]), "customer_from has the path query, which"),
        (entry("cx", kind=None), "slug"),
        (entry("sf", customer_from=None, order_from=None), "customer_from"),
        (entry("sf", customer_from=None), "order_from alone"),
        (entry("sf", enabled="no"), "enabled"),
        (entry("zd", installation="12x"), "installation"),
        (entry("zd", installation=None), "installation"),
        (entry("zd", location=" "), "location"),
        (entry("zd", keys=[{"kid": "a", "algorithm": "HS256", "secret": "planted" * 9}]), "algorithm"),
        (
            entry("zd", keys=[{"kid": "a", "algorithm": "RS256", "public_key": private_pem(rsa_key())}]),
            "never leave",
        ),
        (entry("genesys", region="https://mypurecloud.de"), "region"),
        (entry("genesys", client_id=" "), "client_id"),
        (entry("genesys", client_secret=None), "client_secret"),
        (entry("genesys", customer_from=["participant.name"]), "customer_from"),
        (entry("connect", email_from=["email"]), "email_from"),
        (entry("chat", phone_from=["contact"] * 21), "phone_from"),
        (entry("cx", keys=[]), "keys"),
    ],
)
def test_bad_entry_is_refused_with_its_name_and_key(bad: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as refusal:
        read_hosts([host(), bad], allow_plain=False)

    assert str(refusal.value).startswith(f"host 2 ({bad['slug']}): ")
    assert "planted" not in str(refusal.value)
    assert "BEGIN" not in str(refusal.value)


@pytest.mark.parametrize(
    "slug", ["", "Sf", "a b", "a/b", "-a", "x" * 41, "launch", "found", "orders", "message", None]
)
def test_slug_that_no_address_can_have_is_refused(slug: str | None) -> None:
    with pytest.raises(ValueError, match="slug"):
        read_hosts([entry("cx", slug=slug)], allow_plain=False)


@pytest.mark.parametrize("others", [[entry("cx")], [host(issuer="cx")]])
def test_slug_of_another_host_is_refused(others: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="another host has the same slug"):
        read_hosts([*others, entry("cx")], allow_plain=False)


def test_desktop_hides_its_secrets_where_it_is_printed() -> None:
    shown = "".join(repr(read(one)) for one in ENTRIES)

    assert [secret for secret in SECRETS if secret in shown] == []
    assert public_pem(rsa_key()) not in shown


def test_desktop_may_be_framed_by_its_own_origins_only() -> None:
    assert read(entry("cx")).has_origin("https://cx.example")
    assert not read(entry("cx")).has_origin(ORIGIN)


def test_own_host_needs_the_audience_of_its_tokens_and_others_do_not(settings: Settings) -> None:
    settings.EMBED_AUDIENCE = ""

    assert len(read_hosts(list(ENTRIES), allow_plain=False)) == len(ENTRIES)
    with pytest.raises(ValueError, match="EMBED_AUDIENCE"):
        read_hosts([host()], allow_plain=False)
