"""The addresses of single sign-on."""

from __future__ import annotations

from django.urls import path

from orders.accounts import views

urlpatterns = [
    path("", views.start_single_sign_on, name="sso"),
    path("callback", views.end_single_sign_on, name="sso-callback"),
]
