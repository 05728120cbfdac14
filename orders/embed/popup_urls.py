"""The portal's own addresses for the embedded panel, outside of its frame: agents sign in there."""

from __future__ import annotations

from django.urls import path

from orders.accounts.popups import POPUP
from orders.embed import popup_views

urlpatterns = [
    path("sign-in/<slug:slug>/", popup_views.sign_in, name=POPUP),
    path("code/", popup_views.confirm_code, name="panel-code"),
]
