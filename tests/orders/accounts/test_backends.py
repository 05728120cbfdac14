"""Rights of accounts: by a group, of their own, and none for whoever is not active."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from pytest_django import DjangoAssertNumQueries

from orders.accounts.backends import LocalBackend, SingleSignOnBackend

_BACKENDS = (LocalBackend, SingleSignOnBackend)


def fresh(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("backend", _BACKENDS)
def test_right_by_a_group_takes_one_statement(
    agent: User, django_assert_num_queries: DjangoAssertNumQueries, backend: type[LocalBackend]
) -> None:
    user = fresh(agent)

    with django_assert_num_queries(1):
        is_allowed = backend().has_perm(user, "orders.look_up")

    assert is_allowed


@pytest.mark.parametrize("backend", _BACKENDS)
def test_right_of_the_account_itself_counts(agent: User, backend: type[LocalBackend]) -> None:
    agent.groups.clear()
    agent.user_permissions.add(Permission.objects.get(codename="look_up"))

    is_allowed = backend().has_perm(fresh(agent), "orders.look_up")

    assert is_allowed


@pytest.mark.parametrize("backend", _BACKENDS)
def test_right_that_nobody_gave_is_none(agent: User, backend: type[LocalBackend]) -> None:
    is_allowed = backend().has_perm(fresh(agent), "orders.use_inspector")

    assert not is_allowed


@pytest.mark.parametrize("backend", _BACKENDS)
def test_right_of_an_account_that_is_switched_off_is_none(agent: User, backend: type[LocalBackend]) -> None:
    agent.is_active = False
    agent.save()

    is_allowed = backend().has_perm(fresh(agent), "orders.look_up")

    assert not is_allowed


def test_superuser_has_every_right(admin_user: User) -> None:
    is_allowed = LocalBackend().has_perm(fresh(admin_user), "orders.use_inspector")

    assert is_allowed


def test_right_of_whoever_is_not_signed_in_is_none(db: None) -> None:
    is_allowed = LocalBackend().has_perm(AnonymousUser(), "orders.look_up")

    assert not is_allowed
