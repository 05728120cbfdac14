"""Tries passwords at the two sign-in pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

PASSWORD = "correct horse battery"
LOGINS = pytest.mark.parametrize("path", ["/login/", "/admin/login/"])


def sign_in(
    client: Client, path: str = "/login/", name: str = "agent", password: str = "wrong", **extra: Any
) -> Any:
    return client.post(path, {"username": name, "password": password, "next": "/admin/"}, **extra)


def lock(client: Client, path: str = "/login/", name: str = "agent", **extra: Any) -> Any:
    for _ in range(9):
        assert sign_in(client, path, name, **extra).status_code == 200
    return sign_in(client, path, name, **extra)


def spray(client: Client, count: int, path: str = "/login/", **extra: Any) -> list[int]:
    """Try one password with as many names."""
    return [sign_in(client, path, f"name-{number}", **extra).status_code for number in range(count)]
