"""What an administrator pastes where, so that a desktop shows the panel. docs/desktops/ explains each step."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.desktops.zendesk import ZendeskDesktop
from orders.embed.hosts import EmbedHost, Kind

_ZENDESK_VERSION = "1.0.0"


class Step(NamedTuple):
    """Where something is pasted, and what."""

    where: str
    text: str


def guide(host: EmbedHost, portal: str) -> list[Step]:
    """Give the steps for a desktop; `portal` is the portal's origin. Raises ValueError for one of our own kind."""
    if host.kind is Kind.OWN:
        raise ValueError("it signs launch tokens, for which docs/embedding.md is the guide")
    frames = Step(
        "The portal lets these pages frame the panel; list each that is around it", "\n".join(host.origins)
    )
    return [*_GUIDES[host.kind](host, f"{portal}/embed/{host.issuer}/"), frames]


def zendesk_manifest(host: ZendeskDesktop, address: str) -> dict[str, object]:
    """Give the manifest of the app; `address` is that of its launch."""
    return {
        "name": "Order items",
        "author": {"name": "Order items portal", "email": "support@example.com"},
        "defaultLocale": "en",
        "private": True,
        "location": {"support": {host.location: {"url": address, "flexible": True}}},
        "signedUrls": True,
        "version": _ZENDESK_VERSION,
        "frameworkVersion": "2.0",
    }


def zendesk_app(host: ZendeskDesktop, portal: str, logos: Mapping[str, bytes]) -> bytes:
    """Give the app to upload as a zip, with its `logos` by their names."""
    manifest = zendesk_manifest(host, f"{portal}/embed/{host.issuer}/launch")
    texts = {"app": {"name": "Order items", "short_description": "Where is my order?", "long_description": "–"}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest, indent=2))
        archive.writestr("translations/en.json", json.dumps(texts, indent=2))
        for name, picture in logos.items():
            archive.writestr(f"assets/{name}", picture)
    return packed.getvalue()


def _salesforce(host: EmbedHost, address: str) -> list[Step]:
    names = [path.split(".", 1)[1] for paths in host.sources for path in paths if path.startswith("parameters.")]
    values = ", ".join(f"{name}: '{{!JSENCODE(Case.{name})}}'" for name in dict.fromkeys(names))
    return [
        Step("Connected app › Canvas App Settings › Canvas App URL", f"{address}launch"),
        Step("Connected app › Canvas App Settings › Access Method", "Signed Request (POST)"),
        Step("Connected app › Canvas App Settings › Locations", "Visualforce Page"),
        Step(
            "Connected app › Manage › OAuth Policies › Permitted Users, with the profiles of the agents",
            "Admin approved users are pre-authorized",
        ),
        Step(
            "A Visualforce page on the record’s layout, with your object and fields in place of Case and its own",
            '<apex:page standardController="Case" showHeader="false">\n'
            '  <apex:canvasApp developerName="Order_items" width="100%" height="700px" maxHeight="4000px"\n'
            f'                  parameters="{{{values}}}"/>\n'
            "</apex:page>",
        ),
    ]


def _zendesk(host: EmbedHost, address: str) -> list[Step]:
    assert isinstance(host, ZendeskDesktop)  # noqa: S101 - by its kind
    manifest = json.dumps(zendesk_manifest(host, f"{address}launch"), indent=2)
    return [
        Step(
            "Admin Center › Apps › Zendesk Support apps › Upload private app: the zip, whose manifest.json is",
            manifest,
        ),
        Step(
            "The app’s public key, which `keys` of the settings must hold, comes from",
            f"GET {host.origins[0]}/api/v2/apps/<app_id>/public_key.pem",
        ),
        Step(
            f"The installation’s number, {host.installation} in the settings, is the `id` beside its app_id in",
            f"GET {host.origins[0]}/api/v2/apps/installations.json",
        ),
    ]


def _amazon_connect(host: EmbedHost, address: str) -> list[Step]:
    reads_phone = any("phone" in paths for paths in host.sources)
    permissions = ["Contact.Attributes.View", "Contact.Details.View"]
    if reads_phone:
        permissions.append("Contact.CustomerDetails.View")
    return [
        Step("Amazon Connect › Third-party applications › Access URL", address),
        Step("… › Approved origins", address.split("/embed/", 1)[0]),
        Step("… › Permissions", "\n".join(permissions)),
        Step("… › Contact scope", "Per contact"),
        Step(
            "… › Iframe configuration",
            json.dumps(
                {
                    "Allow": ["clipboard-write"],
                    "Sandbox": [
                        "allow-forms",
                        "allow-popups",
                        "allow-same-origin",
                        "allow-scripts",
                        "allow-popups-to-escape-sandbox",
                    ],
                },
                indent=2,
            ),
        ),
    ]


def _genesys(host: EmbedHost, address: str) -> list[Step]:
    assert isinstance(host, GenesysDesktop)  # noqa: S101 - by its kind
    names = ("gcConversationId", "gcHostOrigin", "gcTargetEnv", "gcLangTag")
    query = "&".join(f"{name}={{{{{name}}}}}" for name in names)
    return [
        Step("Admin › Integrations › Interaction Widget › Application URL", f"{address}?{query}"),
        Step(
            "… › Iframe Sandbox Options",
            "allow-scripts,allow-same-origin,allow-forms,allow-popups,allow-popups-to-escape-sandbox",
        ),
        Step("… › Iframe Feature/Permissions Policy", "clipboard-write"),
        Step(
            f"Admin › Integrations › OAuth: {host.client_id}, grant type Client Credentials, with a role that has",
            "conversation:communication:view",
        ),
    ]


def _chatwoot(_host: EmbedHost, address: str) -> list[Step]:
    where = "Settings › Integrations › Dashboard apps › Configure › Add a new dashboard app: Endpoint"
    return [Step(where, address)]


def _address(host: EmbedHost, address: str) -> list[Step]:
    names = dict.fromkeys(path.removeprefix("query.") for paths in host.sources for path in paths)
    query = "&".join(f"{quote(name)}=…" for name in names)
    return [Step("The address that the desktop opens; in place of each … its variable", f"{address}?{query}")]


_GUIDES: dict[Kind, Callable[[EmbedHost, str], list[Step]]] = {
    Kind.SALESFORCE: _salesforce,
    Kind.ZENDESK: _zendesk,
    Kind.AMAZON_CONNECT: _amazon_connect,
    Kind.GENESYS: _genesys,
    Kind.CHATWOOT: _chatwoot,
    Kind.ADDRESS: _address,
}
