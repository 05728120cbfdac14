"""The site's addresses."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from ercportal import views
from orders.accounts.views import admin_sign_in

handler404 = "ercportal.views.page_not_found"
handler403 = "orders.accounts.views.not_allowed"
handler500 = "ercportal.views.server_error"

urlpatterns = [
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
    path("", include("orders.portal.urls")),
    path("", include("orders.accounts.urls")),
    path("embed/", include("orders.embed.urls")),
    path("panel/", include("orders.embed.popup_urls")),
    path("language/", login_not_required(set_language), name="set-language"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("metrics", views.metrics_page, name="metrics"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
