"""The first step: the plausibility of the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from orders.connection_check.steps import FAILED, OK, WARNING, StepResult

# The ending of the account's host and the API of its region (docs/api-reference.md#regions).
_REGIONS = {
    "talkdeskid.com": "api.talkdeskapp.com",
    "talkdeskid.eu": "api.talkdeskapp.eu",
    "talkdeskidca.com": "api.talkdeskappca.com",
}
_PLACEHOLDERS = ("ACCOUNT.", "{account}")


def check_settings() -> StepResult:
    """Check that token host and API have the same region, and that no placeholder of the documentation is left."""
    token_host = urlsplit(settings.ERC_TOKEN_URL).hostname or ""
    api_host = urlsplit(settings.ERC_API_BASE_URL).hostname or ""
    if any(word.lower() in settings.ERC_TOKEN_URL.lower() for word in _PLACEHOLDERS):
        return StepResult(
            FAILED,
            gettext("ERC_TOKEN_URL still holds the placeholder of the documentation."),
            gettext("Put the name of your account in its place."),
        )
    region = next((ending for ending in _REGIONS if _is_below(token_host, ending)), "")
    if region and api_host in _REGIONS.values() and api_host != _REGIONS[region]:
        return StepResult(
            FAILED,
            gettext("Wrong region: tokens come from %(token)s, but the API is asked at %(api)s.")
            % {"token": token_host, "api": api_host},
            gettext("Set ERC_API_BASE_URL to https://%(api)s, or ERC_TOKEN_URL to the region of the API.")
            % {"api": _REGIONS[region]},
        )
    kind = "private_key_jwt" if settings.ERC_PRIVATE_KEY else "Basic"
    finding = gettext("Client authentication %(kind)s, tokens from %(token)s, API at %(api)s.") % {
        "kind": kind,
        "token": token_host,
        "api": api_host,
    }
    if not region and settings.ERC_TOKEN_URL.rstrip("/").rpartition("/")[2] != "token":
        return StepResult(WARNING, finding, gettext("ERC_TOKEN_URL usually ends with /oauth/token; check it."))
    return StepResult(OK, finding)


def _is_below(host: str, ending: str) -> bool:
    return host.lower().endswith("." + ending)
