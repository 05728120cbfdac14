"""Who may do what: the groups that a migration makes, and the one that every new account begins in."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

AGENT, SUPERVISOR, ENGINEER = "agent", "supervisor", "engineer"

PERMISSIONS = {
    AGENT: ("look_up",),
    SUPERVISOR: ("view_accesslogentry", "export_accesslogentry"),
    ENGINEER: ("view_apiexchange", "use_inspector", "check_connection", "view_embedhost"),
}
"""Permissions of the app `orders`, by group."""


def make_groups(apps: Any = installed_apps) -> None:
    """Make the groups that are missing; those that exist stay as an administrator has set them."""
    group_model = apps.get_model("auth", "Group")
    missing = [name for name in PERMISSIONS if not group_model.objects.filter(name=name).exists()]
    if not missing:
        return
    _make_permissions(apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="orders")
    for name in missing:
        group = group_model.objects.create(name=name)
        group.permissions.set(permissions.filter(codename__in=PERMISSIONS[name]))


def _make_permissions(apps: Any) -> None:
    # Within a migration the permissions do not exist yet: Django makes them once all migrations have run.
    app_config = apps.get_app_config("orders")
    models = getattr(app_config, "models_module", None)
    app_config.models_module = models or True
    create_permissions(app_config, apps=apps, verbosity=0)
    app_config.models_module = models


def begin_as_agent(user: Any) -> None:
    """Let a new account look orders up; an administrator can take it out of the group again."""
    make_groups()
    user.groups.add(installed_apps.get_model("auth", "Group").objects.get(name=AGENT))
