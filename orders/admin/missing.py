"""What the account of the API lacks, as the admin tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from orders.connection_check.endpoints import endpoint_name, loss_without
from orders.lookup.cached_pages import cached_pages
from orders.lookup.connection import erc_client


class MissingFeature(NamedTuple):
    """An endpoint that is not offered to agents now: what they lose by it, and when it is tried again."""

    name: str
    loss: str
    until: str


def missing_features() -> tuple[MissingFeature, ...]:
    """List what the portal does not offer now, because the API refused it some minutes ago."""
    ends = cached_pages().missing.ends()
    return tuple(
        MissingFeature(
            endpoint_name(endpoint),
            loss_without(endpoint),
            timezone.localtime(datetime.fromtimestamp(ends[endpoint], UTC)).strftime("%H:%M"),
        )
        for endpoint in ends
    )


def account_warnings() -> tuple[str, ...]:
    """Warn of scopes that the client lacks, and of features that are not offered now."""
    warnings = []
    if lacking := erc_client().lacking_scopes():
        said = gettext(
            "The client of the API was not granted: %(scopes)s. The connection check says what agents lose by it."
        )
        warnings.append(said % {"scopes": ", ".join(lacking)})
    if missing := missing_features():
        said = gettext("Not offered to agents now, because the API refused it: %(features)s.")
        warnings.append(said % {"features": ", ".join(one.name for one in missing)})
    return tuple(warnings)
