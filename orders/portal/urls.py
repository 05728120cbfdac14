"""The portal's addresses."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from orders.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("orders/", views.items, name="items"),
    path("customers/", views.customer_orders, name="customers"),
    path("orders/message/", views.message, name="message"),
    path("orders/paste/", RedirectView.as_view(pattern_name="items")),
    path("orders/pin/", views.change_pin, {"is_pinned": True}, name="pin"),
    path("orders/unpin/", views.change_pin, {"is_pinned": False}, name="unpin"),
    path("zone/", views.choose_zone, name="zone"),
]
