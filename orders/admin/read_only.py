"""Base of all pages of this admin, which add, change and delete nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from orders.admin.offered import OfferedFiltersOnly


class ReadOnlyAdmin(OfferedFiltersOnly, admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Shows rows to users with the view permission, and changes none."""

    actions = None

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False
