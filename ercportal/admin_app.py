"""Django's admin, with the portal's own site."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Names the site; it lives with the app that it shows."""

    default_site = "ercportal.admin_site.PortalAdminSite"
