"""The portal's addresses."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.i18n import set_language

from orders.accounts.views import SignInView
from orders.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("orders/", views.items, name="items"),
    path("orders/paste/", views.paste, name="paste"),
    path("orders/pin/", views.change_pin, {"is_pinned": True}, name="pin"),
    path("orders/unpin/", views.change_pin, {"is_pinned": False}, name="unpin"),
    path("zone/", views.choose_zone, name="zone"),
    path("login/", SignInView.as_view(), name="login"),
    path("sso/", include("orders.accounts.urls")),
    path("language/", login_not_required(set_language), name="set-language"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("embed/", include("orders.embed.urls")),
    path("favicon.ico", views.favicon, name="favicon"),
    path("metrics", views.metrics_page, name="metrics"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
