"""The panel's addresses."""

from __future__ import annotations

from django.urls import path

from orders.embed import views

urlpatterns = [
    path("", views.launch_by_address, name="embed"),
    path("launch", views.launch, name="embed-launch"),
    path("orders/", views.orders, name="embed-orders"),
    path("<path:_rest>", views.not_found),
]
