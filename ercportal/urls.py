"""The site's addresses."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from orders.accounts.views import admin_sign_in

handler500 = "orders.portal.views.server_error"

urlpatterns = [
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
    path("", include("orders.portal.urls")),
]
