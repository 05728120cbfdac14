"""The pages that a user may open: where a sign-in leads, and what a refusal offers instead."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

ADMIN_PERMISSIONS = (
    "view_accesslogentry",
    "view_apiexchange",
    "use_inspector",
    "check_connection",
    "view_embedhost",
)
"""Permissions of the app `orders` that each open a page of the admin."""


class Page(NamedTuple):
    """One of the portal's first pages, with the title of its link."""

    address: str
    title: str


def open_pages(request: HttpRequest) -> tuple[Page, ...]:
    """List the first pages that the user may open, the look-up before the admin."""
    pages = []
    if request.user.has_perm("orders.look_up"):
        pages.append(Page(reverse("items"), gettext("Go to search")))
    if admin.site.has_permission(request) and has_admin_page(request):
        pages.append(Page(reverse("admin:index"), gettext("Go to administration")))
    return tuple(pages)


def has_admin_page(request: HttpRequest) -> bool:
    """Whether the user may open any page of the admin."""
    is_opened = any(request.user.has_perm(f"orders.{name}") for name in ADMIN_PERMISSIONS)
    return is_opened or bool(admin.site.get_app_list(request))


def first_page(request: HttpRequest) -> str:
    """Give the page after a sign-in; the home page, which refuses, for a user who may open none."""
    pages = open_pages(request)
    return pages[0].address if pages else reverse("home")
