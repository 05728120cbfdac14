"""Names the outcomes of look-ups and of exchanges: the same word for the same thing on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from orders.audit import searches

OK = "ok"
OF_LOOK_UPS: Mapping[str, Any] = {
    OK: _("ok"),
    "not_found": _("not found"),
    "bad_request": _("bad request"),
    "not_allowed": _("not allowed"),
    "rate_limited": _("rate limited"),
    "unavailable": _("unavailable"),
    "invalid_response": _("invalid answer"),
    searches.LIMITED: _("over the search limit"),
    searches.STARTED: _("search without an end"),
}
"""The kinds of error, as the access log stores them."""

OF_EXCHANGES: Mapping[str, Any] = {
    OK: OF_LOOK_UPS[OK],
    "BadRequest": OF_LOOK_UPS["bad_request"],
    "NotFound": OF_LOOK_UPS["not_found"],
    "NotAllowed": OF_LOOK_UPS["not_allowed"],
    "RateLimited": OF_LOOK_UPS["rate_limited"],
    "Unavailable": OF_LOOK_UPS["unavailable"],
    "TimedOut": _("timed out"),
    "InvalidResponse": OF_LOOK_UPS["invalid_response"],
    "CutShort": _("cut short"),
}
"""The classes of `orders.erc.errors`, as the log of exchanges stores them."""


def outcome_name(stored: str) -> str:
    """Name an outcome in words; as it is stored where another version of the portal wrote it."""
    return str(OF_LOOK_UPS.get(stored) or OF_EXCHANGES.get(stored) or stored)
