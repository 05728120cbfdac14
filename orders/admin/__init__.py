"""The admin: read-only pages about what the portal did and how it is set up."""

from __future__ import annotations

from orders.admin.accounts import GroupAdmin, UserAdmin
from orders.admin.embed_hosts import EmbedHostAdmin
from orders.admin.logs import AccessLogAdmin, ApiExchangeAdmin

__all__ = ["AccessLogAdmin", "ApiExchangeAdmin", "EmbedHostAdmin", "GroupAdmin", "UserAdmin"]
