"""Creates the groups, and adds every new account to the first."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User

from orders.accounts.groups import AGENT, PERMISSIONS


def make_groups() -> None:
    """Create missing groups; existing ones stay as an administrator has set them."""
    missing = [name for name in PERMISSIONS if not Group.objects.filter(name=name).exists()]
    if missing:
        # After a migration Django creates the permissions itself, but too late for the groups.
        create_permissions(apps.get_app_config("orders"), verbosity=0)
    permissions = Permission.objects.filter(content_type__app_label="orders")
    for name in missing:
        Group.objects.create(name=name).permissions.set(permissions.filter(codename__in=PERMISSIONS[name]))


def begin_as_agent(user: User) -> None:
    """Let a new account look up orders; an administrator can remove it from the group."""
    make_groups()
    user.groups.add(Group.objects.get(name=AGENT))
