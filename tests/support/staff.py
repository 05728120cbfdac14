"""People of the staff, signed in."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.test import Client


def staff(role: str) -> Client:
    """Someone of the staff with this role."""
    client = Client()
    user = User.objects.create_user(f"a-{role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client
