"""The portal's addresses."""

from __future__ import annotations

from django.urls import path

from orders.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("orders/", views.items, name="items"),
    path("orders/paste/", views.paste, name="paste"),
    path("orders/pin/", views.change_pin, {"is_pinned": True}, name="pin"),
    path("orders/unpin/", views.change_pin, {"is_pinned": False}, name="unpin"),
    path("zone/", views.choose_zone, name="zone"),
]
