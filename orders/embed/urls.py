"""The panel's addresses."""

from __future__ import annotations

from django.urls import path

from orders.embed import desktop_views, open_panel, sign_in_views, views

urlpatterns = [
    path("", views.launch_by_address, name="embed"),
    path("launch", views.launch, name="embed-launch"),
    path("found/", open_panel.found, name="embed-found"),
    path("find/", open_panel.find, name="embed-find"),
    path("customers/", open_panel.customers, name="embed-customers"),
    path("orders/", open_panel.orders, name="embed-orders"),
    path("message/", open_panel.message, name="embed-message"),
    path("<slug:slug>/", desktop_views.page, name="embed-desktop"),
    path("<slug:slug>/launch", desktop_views.launch, name="embed-desktop-launch"),
    path("<slug:slug>/context", desktop_views.context, name="embed-desktop-context"),
    path("<slug:slug>/session", sign_in_views.session, name="embed-desktop-session"),
    path("<slug:slug>/code", sign_in_views.code, name="embed-desktop-code"),
    path("<path:_rest>", views.not_found),
]
