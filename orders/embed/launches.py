"""A launch of the panel, by whatever protocol: which agent may see which customer's order, once and briefly."""

from __future__ import annotations

from typing import NamedTuple

from django.db import Error as DatabaseError

from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost, HostKey, Kind
from orders.embed.used_launches import is_first_use
from orders.lookup.find import Reading

CLOCK_SKEW_SECONDS = 30


class Launch(NamedTuple):
    """What a signature says. Times are in seconds since 1970; texts may be empty.

    Without a `customer_id`, `sought` tells what to search for; with one it is empty. Without both, the desktop's
    script tells the customer later. `token_id` names the signed text; it counts once until `expires`.
    """

    host: EmbedHost
    key: HostKey
    agent: str
    token_id: str
    expires: float
    agent_name: str = ""
    customer_id: str = ""
    order_id: str = ""
    sought: tuple[Reading, ...] = ()
    locale: str = ""
    zone: str = ""
    customer_zone: str = ""
    customer_locale: str = ""
    theme: str = ""


def consume(launch: Launch) -> None:
    """Mark a launch as used. Raises LaunchRefused if it was used before, or if that cannot be stored."""
    host = launch.host
    # What a vendor's desktop signs names no slug, so it counts once at all that accept it, and after a new slug.
    owner = host.issuer if host.kind is Kind.OWN else host.kind
    try:
        is_first = is_first_use(owner, launch.token_id, launch.expires + CLOCK_SKEW_SECONDS)
    except DatabaseError as error:
        # A launch that may have been used is refused.
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, host) from error
    if not is_first:
        raise LaunchRefused(LaunchCode.REPLAYED, host=host)
