"""Permissions come in one query, and are those that Django would find."""

from __future__ import annotations

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.accounts.backends import LocalBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """In two groups that share a permission, with one of their own."""
    made = User.objects.create_user("somebody")
    made.groups.set(Group.objects.filter(name__in=["agent", "engineer"]))
    made.user_permissions.add(Permission.objects.get(codename="view_group"))
    return User.objects.get(pk=made.pk)


def test_permissions_are_those_of_django_in_one_query(user: User) -> None:
    expected = ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
    with CaptureQueriesContext(connection) as queries:
        found = [LocalBackend().get_all_permissions(user) for _ in range(3)]

    assert found == [expected] * 3
    assert {"orders.look_up", "auth.view_group"} <= expected
    assert len(queries) == 1


def test_permissions_of_two_users_are_told_apart(user: User) -> None:
    other = User.objects.create_user("other")
    other.groups.clear()

    assert LocalBackend().get_all_permissions(user)
    assert LocalBackend().get_all_permissions(other) == set()


def test_nobody_and_whoever_is_not_active_have_none(user: User) -> None:
    user.is_active = False

    assert LocalBackend().get_all_permissions(user) == set()
    assert LocalBackend().get_all_permissions(AnonymousUser()) == set()


def test_superuser_has_all() -> None:
    root = User.objects.create_superuser("root")

    assert LocalBackend().get_all_permissions(root) == ModelBackend().get_all_permissions(root)
    assert root.has_perm("orders.look_up")
