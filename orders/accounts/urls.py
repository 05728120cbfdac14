"""The addresses of the sign-in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from orders.accounts import views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="login"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("sso/", views.start_single_sign_on, name="sso"),
    path("sso/callback", views.end_single_sign_on, name="sso-callback"),
]
