"""Salesforce's console with the panel as a Canvas app: it signs requests, and its page speaks Canvas's words."""

from __future__ import annotations

from typing import Any, NamedTuple

from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script
from ercportal.demo.desktop.kinds.salesforce_context import ORGANIZATION, canvas_request, sign

SECRET = "1029384756019283746"  # noqa: S105 - registered under DEBUG only
"""The consumer secret; some real ones are 19 digits, too."""


class _Case(NamedTuple):
    """What a record has for the panel: what the page's tag passes on, or a field of its own."""

    parameters: dict[str, str]
    fields: dict[str, str]


# The page shows them with their callers.
_CASES = {
    "00001042": _Case({"customer_id": "C-1001", "order_id": "A-20731"}, {}),
    "00001043": _Case({}, {"ERP_Id__c": "C-1002"}),
}
# A handler in Salesforce's own language may add fields of the record.
_FIELDS = {
    "AccountId": "0015e000008Acct",
    "ContactId": "0035e000008Cont",
    "CreatedDate": "2026-11-20T09:12:44.000+0000",
    "Description": "The customer asks about an order from our web shop and has the confirmation at hand.",
    "IsClosed": False,
    "IsEscalated": False,
    "Language": "en_US",
    "LastModifiedDate": "2026-11-23T15:40:02.000+0000",
    "Origin": "Phone",
    "OwnerId": "0055e000000Agen",
    "Priority": "Medium",
    "Reason": "Shipping",
    "Status": "Working",
    "SuppliedName": None,
    "Type": "Question",
}


class Salesforce:
    """The console. Its page asks its own server for each signed request, as Salesforce's does."""

    name = "salesforce"

    def registration(self, origin: str) -> dict[str, Any]:
        """The console as the portal's EMBED_HOSTS lists it."""
        return {
            "slug": self.name,
            "kind": self.name,
            "name": "Demo Salesforce",
            "origins": [origin],
            "organization": ORGANIZATION,
            "secrets": [{"kid": "demo", "secret": SECRET}],
            "customer_from": ["parameters.customer_id", "record.ERP_Id__c"],
            "order_from": ["parameters.order_id"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:
        """The page, its script, or a signed request for the case and the frame that are named."""
        app = f"{portal}/embed/{self.name}/launch"
        if asked.path == "":
            return page("salesforce.html", app=app)
        if asked.path == "salesforce.js":
            return script("salesforce.js")
        number = asked.fields.get("case", "")
        if asked.path != "signed-request" or number not in _CASES:
            return None
        case = _CASES[number]
        record = {
            "attributes": {"type": "Case", "url": f"/services/data/v62.0/sobjects/Case/500{number}"},
            "Id": f"500{number}",
            "CaseNumber": number,
            **_FIELDS,
            **case.fields,
        }
        content = canvas_request(
            page=origin,
            app=app,
            instance=asked.fields.get("instance", ""),
            parameters=case.parameters,
            record=record,
        )
        return Reply(sign(content, SECRET).encode(), "text/plain")
