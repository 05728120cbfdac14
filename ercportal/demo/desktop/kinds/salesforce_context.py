"""What Salesforce says in a signed request, with the fields and the size of a real one; all of it made up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

ORGANIZATION = "00D5e000000DemoEAA"
USER = "0055e000000AgenAAE"
_PAGE = "https://demo.my.salesforce.com"
_LINKS = {
    "loginUrl": "",
    "enterpriseUrl": f"/services/Soap/c/62.0/{ORGANIZATION}",
    "metadataUrl": f"/services/Soap/m/62.0/{ORGANIZATION}",
    "partnerUrl": f"/services/Soap/u/62.0/{ORGANIZATION}",
    "restUrl": "/services/data/v62.0/",
    "sobjectUrl": "/services/data/v62.0/sobjects/",
    "searchUrl": "/services/data/v62.0/search/",
    "queryUrl": "/services/data/v62.0/query/",
    "recentItemsUrl": "/services/data/v62.0/recent/",
    "chatterFeedsUrl": "/services/data/v62.0/chatter/feeds",
    "chatterGroupsUrl": "/services/data/v62.0/chatter/groups",
    "chatterUsersUrl": "/services/data/v62.0/chatter/users",
    "chatterFeedItemsUrl": "/services/data/v62.0/chatter/feed-items",
    "userUrl": f"/{USER}",
}


def canvas_request(
    *,
    page: str,
    app: str,
    instance: str,
    parameters: Mapping[str, str],
    record: Mapping[str, Any],
) -> dict[str, Any]:
    """Make the content of a request for the record before the agent.

    `page` is the origin of Salesforce's page, `app` the Canvas App URL, `instance` the id of the frame.
    """
    return {
        "algorithm": "HMACSHA256",
        # Real ones are no use, either: negative, and the same for a while.
        "issuedAt": -1_442_860_337,
        "userId": USER,
        "client": {
            "refreshToken": None,
            "instanceId": instance,
            "targetOrigin": page,
            "instanceUrl": _PAGE,
            # Who holds it may use Salesforce as the agent.
            "oauthToken": f"{ORGANIZATION[:15]}!{secrets.token_urlsafe(72)}",
        },
        "context": {
            "user": _user(),
            "links": dict(_LINKS),
            "application": _application(app),
            "organization": {
                "organizationId": ORGANIZATION,
                "name": "Demo Outfitters",
                "multicurrencyEnabled": False,
                "namespacePrefix": None,
                "currencyIsoCode": "EUR",
            },
            "environment": _environment(page, parameters, record),
        },
    }


def sign(content: Mapping[str, Any], secret: str) -> str:
    """Sign the content of a request with the consumer secret."""
    signed = base64.b64encode(json.dumps(content, separators=(",", ":")).encode())
    signature = hmac.digest(secret.encode(), signed, hashlib.sha256)
    return f"{base64.b64encode(signature).decode()}.{signed.decode()}"


def _user() -> dict[str, Any]:
    return {
        "userId": USER,
        "userName": "demo.agent@outfitters.example",
        "firstName": "Demo",
        "lastName": "Agent",
        "email": "demo.agent@outfitters.example",
        "fullName": "Demo Agent",
        "locale": "en_US",
        "language": "en_US",
        "timeZone": "Europe/Berlin",
        "profileId": "00e5e000000Prof",
        "roleId": None,
        "userType": "STANDARD",
        "currencyISOCode": "EUR",
        "profilePhotoUrl": "https://demo.file.force.com/profilephoto/005/F",
        "profileThumbnailUrl": "https://demo.file.force.com/profilephoto/005/T",
        "siteUrl": None,
        "siteUrlPrefix": None,
        "networkId": None,
        "accessibilityModeEnabled": False,
        "isDefaultNetwork": True,
    }


def _application(app: str) -> dict[str, Any]:
    return {
        "name": "Order items",
        "canvasUrl": app,
        "applicationId": "06P5e000000Apps",
        "version": "1.0",
        "authType": "SIGNED_REQUEST",
        "referenceId": "09H5e000000Refs",
        "options": [],
        "samlInitiationMethod": "None",
        "developerName": "Order_items",
        "namespace": "",
        "isInstalledPersonalApp": False,
    }


def _environment(page: str, parameters: Mapping[str, str], record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "referer": None,
        "locationUrl": f"{page}/apex/OrderItems?id={record['Id']}",
        "uiTheme": "Theme4d",
        "displayLocation": "Visualforce",
        "sublocation": None,
        "dimensions": {
            "width": "100%",
            "height": "900px",
            "maxWidth": "1000px",
            "maxHeight": "2000px",
            "clientHeight": "80px",
            "clientWidth": "420px",
        },
        "version": {"season": "WINTER", "api": "62.0"},
        "parameters": dict(parameters),
        "record": dict(record),
    }
