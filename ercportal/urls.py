"""The site's addresses."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

handler500 = "orders.views.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("orders.urls")),
]
