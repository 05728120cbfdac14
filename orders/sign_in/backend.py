"""The authentication backend of accounts that came by single sign-on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class SingleSignOnBackend(ModelBackend):
    """Knows the accounts and their permissions, and takes no password."""

    def authenticate(self, request: HttpRequest | None, **_: Any) -> None:  # type: ignore[override] # noqa: ARG002
        """Nobody: orders.sign_in.views signs in whom the provider vouches for."""
        return
