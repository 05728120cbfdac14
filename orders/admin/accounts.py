"""Django's own pages of users and groups, limited to the filters that they show."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangosGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.models import Group, User

from orders.admin.offered import OfferedFiltersOnly

# Importing them has registered Django's.
admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(OfferedFiltersOnly, DjangosUserAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """The pages of accounts."""


@admin.register(Group)
class GroupAdmin(OfferedFiltersOnly, DjangosGroupAdmin):
    """The page of groups, which are the roles."""
