"""The admin: read-only pages about what the portal did and how it is set up."""

from __future__ import annotations

from orders.admin.accounts import GroupAdmin, UserAdmin
from orders.admin.logs import AccessLogAdmin, ApiExchangeAdmin

__all__ = ["AccessLogAdmin", "ApiExchangeAdmin", "GroupAdmin", "UserAdmin"]
