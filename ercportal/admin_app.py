"""Django's admin, with the portal's own site."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Names the portal's admin site."""

    default_site = "ercportal.admin_site.PortalAdminSite"
