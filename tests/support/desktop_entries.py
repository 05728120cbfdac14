"""One desktop of each kind that one can buy, as the settings list it, in tests."""

from __future__ import annotations

from typing import Any

from tests.support.launching import public_pem, rsa_key

SECRETS = ("1234567890123456789", "a-client-secret-of-this-test")
"""The secrets in the entries, which nothing may print."""

ENTRIES: tuple[dict[str, Any], ...] = (
    {
        "slug": "sf",
        "kind": "salesforce",
        "name": "Console",
        "origins": ["https://acme.lightning.force.com"],
        "organization": "00D000000000001",
        "secrets": [{"kid": "a", "secret": SECRETS[0]}],
        "customer_from": ["parameters.customer_id", "record.ERP_Id__c"],
        "order_from": ["parameters.order_id"],
    },
    {
        "slug": "zd",
        "kind": "zendesk",
        "name": "Tickets",
        "origins": ["https://acme.zendesk.com"],
        "installation": "123",
        "location": "ticket_sidebar",
        "keys": [{"kid": "app", "algorithm": "RS256", "public_key": public_pem(rsa_key())}],
        "customer_from": ["ticket.requester.externalId"],
        "email_from": ["ticket.requester.email"],
    },
    {
        "slug": "connect",
        "kind": "amazon-connect",
        "name": "Connect",
        "origins": ["https://acme.my.connect.aws"],
        "customer_from": ["attributes.customerId"],
        "phone_from": ["phone"],
    },
    {
        "slug": "genesys",
        "kind": "genesys",
        "name": "Genesys",
        "origins": ["https://apps.mypurecloud.de"],
        "region": "mypurecloud.de",
        "client_id": "a-client",
        "client_secret": SECRETS[1],
        "customer_from": ["participant.attributes.customerId"],
        "phone_from": ["participant.address"],
    },
    {
        "slug": "chat",
        "kind": "chatwoot",
        "name": "Chat",
        "origins": ["https://chat.acme.example"],
        "customer_from": ["contact.identifier"],
        "email_from": ["contact.email"],
    },
    {
        "slug": "cx",
        "kind": "address",
        "name": "CX",
        "origins": ["https://cx.example"],
        "customer_from": ["query.customer"],
        "order_from": ["query.order"],
        "phone_from": ["query.phone"],
    },
)


def entry(name: str, /, **changes: Any) -> dict[str, Any]:
    """The entry with this slug; a change to None leaves a key out."""
    (found,) = (one for one in ENTRIES if one["slug"] == name)
    return {key: value for key, value in {**found, **changes}.items() if value is not None}
